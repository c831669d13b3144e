import { svgType } from "../../mime.js";
import type { PartDifference } from "../difference.js";
import type { CheckRules } from "../rules/check-rules.js";
import { imageSize, svgSize } from "./image-size.js";
import type { OutputPart } from "./output-parts.js";

/** Compares a part of which one side at least is a picture made of pixels. */
export function compareImages(
  name: string,
  stored: OutputPart | undefined,
  fresh: OutputPart | undefined,
  { images }: CheckRules,
): PartDifference | undefined {
  const pictures = picturesOf(stored, fresh);
  if (stored?.type !== "image") {
    return { kind: "extra", part: name, message: `${name} is new`, lines: [], pictures };
  }
  if (fresh?.type !== "image") {
    return { kind: "missing", part: name, message: `${name} is missing`, lines: [], pictures };
  }
  if (images === "ignore" || stored.data === fresh.data) {
    return undefined;
  }
  const sizes = [imageSize(stored.data), imageSize(fresh.data)];
  if (sizes[0] !== sizes[1]) {
    const message = `${name} was ${sizes[0]} and is ${sizes[1]}`;
    return { kind: "changed", part: name, message, lines: [], pictures };
  }
  if (images === "size") {
    return undefined;
  }
  return { kind: "changed", part: name, message: `${name} differs (both ${sizes[0]})`, lines: [], pictures };
}

export function isPicture(part: OutputPart | undefined): boolean {
  return part?.type === "image" || (part?.type === "text" && part.svg !== undefined);
}

/** The rule is to compare SVG pictures by their size, and these have the same. */
export function hasSameSize(stored: OutputPart, fresh: OutputPart, { images }: CheckRules): boolean {
  if (images !== "size" || stored.type !== "text" || fresh.type !== "text") {
    return false;
  }
  if (stored.svg === undefined || fresh.svg === undefined) {
    return false;
  }
  return svgSize(stored.svg) === svgSize(fresh.svg);
}

/** Both sides as data URLs, to be shown. */
export function picturesOf(
  stored: OutputPart | undefined,
  fresh: OutputPart | undefined,
): PartDifference["pictures"] {
  return { stored: dataUrl(stored), fresh: dataUrl(fresh) };
}

export function pictureNote(name: string, rule: CheckRules["images"]): string {
  return rule === "size" ? `${name} compared by size only` : `${name} not compared`;
}

function dataUrl(part: OutputPart | undefined): string | undefined {
  if (part?.type === "text" && part.svg !== undefined) {
    return `data:${svgType};base64,${Buffer.from(part.svg).toString("base64")}`;
  }
  return part?.type === "image" ? `data:${part.mimeType};base64,${part.data}` : undefined;
}
