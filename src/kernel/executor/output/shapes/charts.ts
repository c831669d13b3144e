import type { MimeBundle } from "../../../shared/cell-globals.js";
import { isPlainObject, methodOf, ownValue, type Shape } from "./shape.js";

/** A specification of Vega or Vega-Lite, which names its schema, and what makes one: `toSpec()` as in vega-lite-api. */
export const vegaChart: Shape = (value) => {
  if (isPlainObject(value)) {
    return vegaBundle(value);
  }
  const toSpec = methodOf(value, "toSpec");
  const spec = toSpec?.();
  return isPlainObject(spec) ? vegaBundle(spec) : undefined;
};

const schema = /\/schema\/(vega|vega-lite)\/v(\d+)/;
/** The versions that JupyterLab 4 draws. */
const newest = 5;

function vegaBundle(spec: Record<string, unknown>): MimeBundle | undefined {
  const named = ownValue(spec, "$schema");
  const [, grammar, version] = typeof named === "string" ? (schema.exec(named) ?? []) : [];
  if (grammar === undefined) {
    return undefined;
  }
  const versions = [...new Set([Number(version), Math.min(Number(version), newest)])];
  const data = jsonOf(spec);
  const types = versions.map((number) => `application/vnd.${grammar.replace("-", "")}.v${number}+json`);
  return Object.fromEntries(types.map((type) => [type, data]));
}

/** A figure of Plotly: traces, of which one says its type, and a layout. */
export const plotlyFigure: Shape = (value) => {
  if (!isPlainObject(value)) {
    return undefined;
  }
  const [data, layout] = [ownValue(value, "data"), ownValue(value, "layout")];
  const isFigure =
    isPlainObject(layout) &&
    Array.isArray(data) &&
    data.length > 0 &&
    data.every(isPlainObject) &&
    data.some((trace) => traceTypes.has(ownValue(trace, "type")));
  return isFigure ? { "application/vnd.plotly.v1+json": jsonOf(value) } : undefined;
};

const traceTypes = new Set<unknown>(
  `bar barpolar box candlestick carpet choropleth choroplethmap choroplethmapbox cone contour contourcarpet densitymap
  densitymapbox funnel funnelarea heatmap heatmapgl histogram histogram2d histogram2dcontour icicle image indicator
  isosurface mesh3d ohlc parcats parcoords pie pointcloud sankey scatter scatter3d scattercarpet scattergeo scattergl
  scattermap scattermapbox scatterpolar scatterpolargl scattersmith scatterternary splom streamtube sunburst surface
  table treemap violin volume waterfall`.split(/\s+/),
);

/** The JSON of a specification; typed arrays are lists in it. Throws a TypeError for what JSON cannot hold. */
function jsonOf(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, member: unknown) =>
      ArrayBuffer.isView(member) && !(member instanceof DataView) ? Array.from(member as Uint8Array) : member,
    ),
  );
}
