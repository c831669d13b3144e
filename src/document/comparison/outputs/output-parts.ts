import { stringifyJson } from "../../json/exact-json.js";
import { keepNumberText, numberText } from "../../json/number-texts.js";
import { isJson, isMarkup, isPixelImage, svgType } from "../../mime.js";
import { joinLines, type MultilineString, type Output } from "../../notebook.js";
import { terminalText } from "../../outputs/terminal-text.js";
import { canonicalMarkup } from "./canonical-markup.js";

/** One thing a cell has put out, under a name by which the other side's counterpart is found; SVG is a text and a picture. */
export type OutputPart =
  | { name: string; type: "text"; text: string; svg?: string }
  | { name: string; type: "image"; mimeType: string; data: string };

/**
 * The parts that the outputs show, whichever way they are cut: each stream as a whole; display data and results in order, by MIME type;
 * names and messages of errors.
 */
export function outputParts(outputs: Output[]): OutputPart[] {
  const parts = streamNames(outputs).flatMap((name) => streamPart(outputs, name));
  let displays = 0;
  let errors = 0;
  for (const output of outputs) {
    if (output.output_type === "stream") {
      continue;
    }
    if (output.output_type === "error") {
      const name = numbered("error", ++errors);
      parts.push({ name, type: "text", text: `${output.ename}: ${output.evalue}` });
      continue;
    }
    const what = output.output_type === "execute_result" ? "result" : "display";
    const name = what === "result" ? what : numbered(what, ++displays);
    for (const mimeType of Object.keys(output.data).sort()) {
      parts.push(mimePart(`${name} ${mimeType}`, mimeType, output.data[mimeType]));
    }
  }
  return parts;
}

function numbered(name: string, number: number): string {
  return number === 1 ? name : `${name} ${number}`;
}

/** stdout before stderr, before what a kernel may call otherwise: the order in which cells write to them is chance. */
function streamNames(outputs: Output[]): string[] {
  const names = outputs.flatMap((output) => (output.output_type === "stream" ? output.name : []));
  return [...new Set(["stdout", "stderr", ...names.sort()])];
}

function streamPart(outputs: Output[], name: string): OutputPart[] {
  const texts = outputs.map((output) =>
    output.output_type === "stream" && output.name === name ? joinLines(output.text) : "",
  );
  const text = terminalText(texts.join("").replaceAll("\r\n", "\n"));
  return text === "" ? [] : [{ name, type: "text", text }];
}

function mimePart(name: string, mimeType: string, value: unknown): OutputPart {
  if (isJson(mimeType)) {
    return { name, type: "text", text: stringifyJson(sortKeys(value), "  ") };
  }
  const text = joinLines(value as MultilineString);
  if (isPixelImage(mimeType)) {
    return { name, type: "image", mimeType, data: text.replace(/\s/g, "") };
  }
  if (mimeType === svgType) {
    return { name, type: "text", text: canonicalMarkup(text), svg: text };
  }
  return { name, type: "text", text: isMarkup(mimeType) ? canonicalMarkup(text) : text };
}

/** Numbers are what they are worth, 1.0 is 1; but large integers are told apart that are one number in JavaScript. */
function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, each]) => [key, sortKeys(each)] as const);
  const sorted = Array.isArray(value)
    ? entries.map(([, each]) => each)
    : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const [key] of entries) {
    const text = numberText(value, key);
    if (text !== undefined && /^-?\d+$/.test(text) && BigInt(text) !== BigInt(Number(text))) {
      keepNumberText(sorted, key, text);
    }
  }
  return sorted;
}
