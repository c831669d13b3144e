import type { MapFrame } from "../map-frame.js";

/** The place of a test, as the reporters `tap` and `spec` write it; Node takes it from no stack that could be changed. */
const placeOfTest = /(^\s*location: '|^\s*test at )(.+):(\d+):(\d+)(?='?$)/gm;

/** node:test's report with the places of tests in what the user wrote. */
export function withUsersPlaces(report: string, mapFrame: MapFrame): string {
  return report.replace(placeOfTest, (whole, before, fileName, line, column) => {
    const mapped = mapFrame({ fileName, line: Number(line), column: Number(column) });
    return mapped ? `${before}${mapped.fileName}:${mapped.line}:${mapped.column}` : whole;
  });
}
