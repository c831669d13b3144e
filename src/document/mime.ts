// The MIME types under which a cell's outputs are stored, and the form that nbformat gives to the data of each.

export const plainText = "text/plain";
export const svgType = "image/svg+xml";
export const widgetViewType = "application/vnd.jupyter.widget-view+json";
export const widgetStateType = "application/vnd.jupyter.widget-state+json";

/** JSON, whose data is stored as a value; the data of every other type is a string or a list of strings. */
export function isJson(mimeType: string): boolean {
  return /^application\/(.*\+)?json$/.test(mimeType);
}

/** Text in the sense of nbformat, which stores it as a list of lines. */
export function isText(mimeType: string): boolean {
  return mimeType.startsWith("text/") || /[/+](xml|javascript)$/.test(mimeType);
}

/** A text of tags and attributes: HTML, SVG and other XML. */
export function isMarkup(mimeType: string): boolean {
  return mimeType === "text/html" || /[/+]xml$/.test(mimeType);
}

/** A picture of either kind: pixels, or SVG. */
export function isImage(mimeType: string): boolean {
  return mimeType.startsWith("image/");
}

/** A picture made of pixels, whose data is base64; SVG is text. */
export function isPixelImage(mimeType: string): boolean {
  return isImage(mimeType) && !mimeType.includes("xml");
}
