import { inspect } from "node:util";
import { isJsonObject } from "../../../jupyter/json-object.js";
import type { MimeBundle } from "../../shared/cell-globals.js";

const displaySymbol = Symbol.for("Jupyter.display");

const magicBytes: [type: string, bytes: number[]][] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
];

/**
 * The forms in which a value can be shown, by MIME type; a promise when the value takes its time. A value may offer
 * them itself: by `Symbol.for("Jupyter.display")` as in Deno's kernel, as an element of a document, or as the bytes of
 * a picture. Text is always among them.
 */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const offered = offeredBy(value);
  return offered instanceof Promise
    ? offered.then((bundle) => complete(bundle, value))
    : complete(offered, value);
}

function complete(bundle: unknown, value: unknown): MimeBundle {
  const offered = isJsonObject(bundle) ? bundleData(bundle) : {};
  return { "text/plain": inspect(value), ...offered };
}

function offeredBy(value: unknown): unknown {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    return undefined;
  }
  const own: unknown = Reflect.get(value, displaySymbol);
  if (typeof own === "function") {
    return own.call(value);
  }
  if (value instanceof Uint8Array) {
    const type = magicBytes.find(([, bytes]) => bytes.every((byte, index) => value[index] === byte))?.[0];
    return type && { [type]: value, "text/plain": `${type}, ${value.length} bytes` };
  }
  const outerHTML: unknown = Reflect.get(value, "outerHTML");
  if (typeof outerHTML === "string") {
    const tagName: unknown = Reflect.get(value, "tagName");
    const isSvg = typeof tagName === "string" && tagName.toLowerCase() === "svg";
    return { [isSvg ? "image/svg+xml" : "text/html"]: outerHTML, "text/plain": outerHTML };
  }
  return undefined;
}

/** A bundle as a message can carry it: bytes as base64. */
export function bundleData(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, data]) => [
      type,
      data instanceof Uint8Array ? Buffer.from(data).toString("base64") : data,
    ]),
  );
}
