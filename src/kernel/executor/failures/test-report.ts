import type { MapFrame } from "../../../language/index.js";

/** The place of a test as the reporter `tap` writes it, and `spec`; Node takes it from no stack that could be changed. */
const placeOfTest = /(?<=^\s*(?:location: '|test at )).+:\d+:\d+(?='?$)/gm;

/** node:test's report with the places of tests in what the user wrote. */
export function withUsersPlaces(report: string, mapFrame: MapFrame): string {
  return report.replace(placeOfTest, (place) => {
    const [, fileName = "", line, column] = /^(.+):(\d+):(\d+)$/.exec(place) ?? [];
    const mapped = mapFrame({ fileName, line: Number(line), column: Number(column) });
    return mapped ? `${mapped.fileName}:${mapped.line}:${mapped.column}` : place;
  });
}
