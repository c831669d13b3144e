import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { mediaType } from "../../jupyter/media-type.js";
import { shownValue } from "../shown-value.js";
import { type Displayed, displayed } from "./displayed.js";

/**
 * A picture: a PNG, JPEG, GIF, WebP or SVG, from a file (its path, or its URL), from bytes, or from an address of the
 * web, which the front end then loads. Throws the error of reading the file, a TypeError when it is no such picture.
 */
export function image(source: string | URL | ArrayBuffer | ArrayBufferView): Displayed {
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    return pictureOf(bytesOf(source), "bytes");
  }
  const text = String(source);
  if (/^https?:/i.test(text)) {
    const markup = `<img src="${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">`;
    return displayed({ "text/html": markup }, text);
  }
  const path = /^file:/i.test(text) ? fileURLToPath(text) : text;
  return pictureOf(readFileSync(path), path);
}

function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

function pictureOf(bytes: Uint8Array, source: string): Displayed {
  const type = mediaType(bytes) ?? (isSvg(bytes) ? "image/svg+xml" : undefined);
  if (type === undefined) {
    throw new TypeError(`Expected a PNG, JPEG, GIF, WebP or SVG, got ${shownValue(source)}`);
  }
  const name = source === "bytes" ? "" : `${basename(source)}, `;
  const data = type === "image/svg+xml" ? new TextDecoder().decode(bytes) : bytes;
  return displayed({ [type]: data }, `${name}${type}, ${bytes.length} bytes`);
}

function isSvg(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE[^>]*>\s*)?<svg[\s/>]/i.test(
    new TextDecoder().decode(bytes.subarray(0, 4096)),
  );
}
