import { isRecord } from "../record.js";
import { parseExactly } from "./exact-parser.js";
import { type JsonFacts, jsonFacts } from "./json-facts.js";
import { writeJson } from "./json-style.js";
import { hasNumberTexts } from "./number-texts.js";

/** As JSON.parse; but `stringifyJson` writes the numbers in its objects and lists that nobody has changed as they are in `text`. */
export function parseJson(text: string, facts?: JsonFacts): unknown {
  const value: unknown = JSON.parse(text);
  const { hasOddNumbers } = facts ?? jsonFacts(text);
  return hasOddNumbers ? parseExactly(text) : value;
}

/** As JSON.stringify; but numbers that `parseJson` has read, and nobody has changed, are written as they were. */
export function stringifyJson(value: unknown, indent?: string): string {
  const text = JSON.stringify(value, null, indent);
  if (!holdsNumberTexts(value)) {
    return text;
  }
  const colon = indent === undefined ? ":" : ": ";
  return writeJson(value, { indent, newline: "\n", colon, comma: ",", isSorted: false }, "");
}

/** A copy of a JSON value that shares nothing with it. */
export function copyJson<T>(value: T): T {
  return holdsNumberTexts(value) ? (parseJson(stringifyJson(value)) as T) : structuredClone(value);
}

/** The number of members that the objects in `value`, a JSON value, have. */
export function membersOf(value: unknown): number {
  let members = 0;
  for (const container of containersIn(value)) {
    members += Array.isArray(container) ? 0 : Object.keys(container).length;
  }
  return members;
}

function holdsNumberTexts(value: unknown): boolean {
  for (const container of containersIn(value)) {
    if (hasNumberTexts(container)) {
      return true;
    }
  }
  return false;
}

/** All objects and lists in `value`, a JSON value. */
function* containersIn(value: unknown): Generator<object> {
  const open = [value].filter(isContainer);
  for (let container = open.pop(); container; container = open.pop()) {
    yield container;
    for (const each of Array.isArray(container) ? container : Object.values(container)) {
      if (isContainer(each)) {
        open.push(each);
      }
    }
  }
}

function isContainer(value: unknown): value is object {
  return Array.isArray(value) || isRecord(value);
}
