import type { JsonObject } from "../../../jupyter/json-object.js";
import { mimeBundle } from "../output/mime-bundle.js";

const { parse, stringify } = JSON;
const { hasOwn } = Object;

/** `data` of the variable as a cell would show it; without it where there is no such variable, or it cannot be shown. */
export async function shownVariable(exports: Record<string, unknown>, name: string): Promise<JsonObject> {
  if (!hasOwn(exports, name)) {
    return {};
  }
  try {
    const data = await mimeBundle(exports[name], () => {});
    return parse(stringify({ data }));
  } catch {
    return {};
  }
}
