import { randomUUID } from "node:crypto";
import { isOddNumber, numberEnd, stringEnd } from "../json/json-facts.js";

/** By chance no string of a notebook begins with it. */
const mark = `number ${randomUUID()} `;

/** JSON whose numbers that JavaScript would write otherwise (1.0, or very large ones) are strings with a mark. */
export function keepNumbers(json: string): string {
  const parts: string[] = [];
  const token = /["\d-]/g;
  let from = 0;
  for (let match = token.exec(json); match; match = token.exec(json)) {
    const start = match.index;
    const isString = match[0] === '"';
    token.lastIndex = isString ? stringEnd(json, start) : numberEnd(json, start);
    const text = isString ? "" : json.slice(start, token.lastIndex);
    if (!isString && isOddNumber(text)) {
      parts.push(json.slice(from, start), `"${mark}${text}"`);
      from = token.lastIndex;
    }
  }
  return [...parts, json.slice(from)].join("");
}

/** The numbers again. */
export function restoreNumbers(json: string): string {
  return json.replace(new RegExp(`"${mark}(-?\\d[\\d.eE+-]*)"`, "g"), "$1");
}
