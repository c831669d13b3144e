import { mediaType } from "../../../../jupyter/media-type.js";
import type { MimeBundle } from "../../../shared/cell-globals.js";
import { shownText } from "../../failures/shown-text.js";
import { methodOf, ownValue, property, type Shape } from "./shape.js";

const svg = "image/svg+xml";

/** A canvas as packages for Node have it: `getContext`, and `toBuffer` that gives the bytes of a PNG, or promises them. */
export const canvas: Shape = (value) => {
  const toBuffer = methodOf(value, "getContext") && methodOf(value, "toBuffer");
  if (!toBuffer) {
    return undefined;
  }
  const bytes = toBuffer("image/png");
  return bytes instanceof Promise ? bytes.then((data) => pictureOf(data, value)) : pictureOf(bytes, value);
};

function pictureOf(data: unknown, value: object): MimeBundle {
  const type = data instanceof Uint8Array ? mediaType(data) : undefined;
  return type === undefined ? {} : { [type]: data, "text/plain": shownText(value) };
}

/**
 * A `Blob` of a picture, and a `Response` with one whose body nobody has read; it can still be read afterwards. By their
 * names: Node loads much when it is asked for these classes.
 */
export const pictureBody: Shape = (value) => {
  const name = Reflect.apply(Object.prototype.toString, value, []);
  if (name === "[object Blob]" || name === "[object File]") {
    const type = String(property(value, "type"));
    return isPicture(type) ? bodyOf(value, type) : undefined;
  }
  const clone = name === "[object Response]" && methodOf(value, "clone");
  if (!clone || property(value, "bodyUsed") !== false || property(value, "ok") !== true) {
    return undefined;
  }
  const headers = property(value, "headers");
  const type = headers instanceof Object ? String(methodOf(headers, "get")?.("content-type")) : "";
  const copy = isPicture(type) ? clone() : undefined;
  return copy instanceof Object ? bodyOf(copy, type) : undefined;
};

function isPicture(type: string): boolean {
  return /^image\/(png|jpeg|gif|webp|bmp|svg\+xml)\b/.test(type);
}

async function bodyOf(body: object, contentType: string): Promise<MimeBundle> {
  const [type = ""] = contentType.split(";");
  const text = shownText(body);
  const content = await methodOf(body, type === svg ? "text" : "arrayBuffer")?.();
  return { [type]: content instanceof ArrayBuffer ? new Uint8Array(content) : content, "text/plain": text };
}

/** A selection of D3 with one element or more; its first is shown. */
export const selection: Shape = (value) => {
  const node = Array.isArray(ownValue(value, "_groups")) ? methodOf(value, "node")?.() : undefined;
  return typeof node === "object" && node !== null ? elementOf(node) : undefined;
};

/** An element of a document, as its markup. */
export const elementOf: Shape = (value) => {
  const outerHTML: unknown = property(value, "outerHTML");
  if (typeof outerHTML !== "string") {
    return undefined;
  }
  const tagName: unknown = property(value, "tagName");
  const isSvg = typeof tagName === "string" && tagName.toLowerCase() === "svg";
  const picture = isSvg ? { [svg]: onWhite(outerHTML) } : { "text/html": outerHTML };
  return { ...picture, "text/plain": outerHTML };
};

/**
 * A drawing in the colour of the text around it, as Observable Plot makes it, is black in a picture, which JupyterLab
 * makes of it: it gets a white background, to be seen in the dark, unless it has one.
 */
function onWhite(markup: string): string {
  const [root = ""] = /^<svg[^>]*>/.exec(markup) ?? [];
  if (!/currentColor/i.test(markup) || /background/.test(root)) {
    return markup;
  }
  const styled = / style="/.test(root)
    ? root.replace(' style="', ' style="background: white; ')
    : root.replace("<svg", '<svg style="background: white"');
  return styled + markup.slice(root.length);
}
