import { types } from "node:util";
import type { MimeBundle } from "../../../shared/cell-globals.js";
import { attempt } from "../../failures/shown-text.js";
import { plotlyFigure, vegaChart } from "./charts.js";
import { dataFrame, records } from "./data-frames.js";
import { canvas, elementOf, pictureBody, selection } from "./pictures.js";

const shapes = [elementOf, records, vegaChart, plotlyFigure, canvas, pictureBody, selection, dataFrame];

/**
 * The forms of a value that has one of the known shapes; one that fails to show itself so has none,
 * and a proxy may answer to every name. */
export function bundleByShape(value: object): MimeBundle | Promise<MimeBundle> | undefined {
  for (const shape of types.isProxy(value) ? [elementOf] : shapes) {
    const bundle = attempt(() => shape(value));
    if (bundle) {
      return bundle instanceof Promise ? bundle.catch(() => ({})) : bundle;
    }
  }
  return undefined;
}
