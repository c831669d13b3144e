import { types } from "node:util";
import { isJsonObject } from "../../../jupyter/json-object.js";
import { mediaType } from "../../../jupyter/media-type.js";
import { bare } from "../../shared/bare.js";
import type { MimeBundle } from "../../shared/cell-globals.js";
import { intact } from "../../shared/intact-builtins.js";
import { attempt, shownText } from "../failures/shown-text.js";
import { bundleByShape } from "./shapes/bundle-by-shape.js";

const { hasOwn } = Object;
const displaySymbol = Symbol.for("Jupyter.display");

/** Takes the error of a value that offered to show itself and then did not. */
export type ReportFailure = (error: unknown) => void;

/**
 * The forms in which a value can be shown, by MIME type; a promise when the value takes its time. A value may offer
 * them itself by `Symbol.for("Jupyter.display")` as in Deno's kernel, be the bytes of a picture, or have a shape that
 * is known: an element of a document, a chart, a table, a canvas. Text is always among them, and all there is of a value that fails to show itself. Throws a TypeError when
 * what the value offers is no such bundle.
 */
export function mimeBundle(value: unknown, report: ReportFailure): MimeBundle | Promise<MimeBundle> {
  const giveUp = (error: unknown) => {
    report(error);
    return undefined;
  };
  let offered: unknown;
  try {
    offered = offeredBy(value);
  } catch (error) {
    offered = giveUp(error);
  }
  return isThenable(offered) ? completeLater(offered, value, giveUp) : complete(offered, value);
}

async function completeLater(
  offered: PromiseLike<unknown>,
  value: unknown,
  giveUp: ReportFailure,
): Promise<MimeBundle> {
  let bundle: unknown;
  try {
    bundle = await offered;
  } catch (error) {
    giveUp(error);
  }
  return complete(bundle, value);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof attempt(() => Reflect.get(value, "then")) === "function"
  );
}

function complete(bundle: unknown, value: unknown): MimeBundle {
  const data = isJsonObject(bundle) ? bundleData(bundle) : {};
  return bare(hasOwn(data, "text/plain") ? data : { "text/plain": shownText(value), ...data });
}

/** Throws what the value's own function throws; a property that cannot be read is none. */
function offeredBy(value: unknown): unknown {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    return undefined;
  }
  const own = attempt((): unknown => Reflect.get(value, displaySymbol));
  if (typeof own === "function") {
    return Reflect.apply(own, value, []);
  }
  // A proxy may throw at `instanceof`.
  if (types.isUint8Array(value)) {
    const type = mediaType(value);
    return type && { [type]: value, "text/plain": `${type}, ${value.length} bytes` };
  }
  return bundleByShape(value);
}

/**
 * A bundle as a message can carry it: bytes as base64, JSON types as `JSON.stringify` takes them. Throws a TypeError
 * for another type's data that are no text, which a notebook cannot hold.
 */
export function bundleData(bundle: MimeBundle): MimeBundle {
  return intact(() =>
    Object.fromEntries(
      Object.entries(bundle)
        .filter(([, data]) => data !== undefined)
        .map(([type, data]) => [type, dataOf(type, data)]),
    ),
  );
}

function dataOf(type: string, data: unknown): unknown {
  if (data instanceof Uint8Array) {
    return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
  }
  const isJson = /^application\/(?:.*\+)?json$/.test(type);
  const text = !isJson && Array.isArray(data) ? [...data] : data;
  if (isJson || isText(text)) {
    return text;
  }
  throw new TypeError(`Expected the data of "${type}" to be text or bytes, got \`${shownText(data)}\``);
}

/** A text, or the lines of one. */
function isText(data: unknown): boolean {
  return Array.isArray(data) ? data.every((line) => typeof line === "string") : typeof data === "string";
}
