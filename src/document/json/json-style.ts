import type { JsonNode } from "./json-tree.js";
import { numberText } from "./number-texts.js";

/** The style of a JSON text, so that what is put into it looks like the rest. */
export interface JsonStyle {
  /** One level of indentation; undefined where everything stands on one line. */
  indent?: string;
  newline: string;
  colon: string;
  comma: string;
  /** Keys are written in their order, as Jupyter does. */
  isSorted: boolean;
}

export function styleOf(text: string, tree: JsonNode): JsonStyle {
  const first = tree.type === "object" ? tree.members[0] : undefined;
  const indent = first && /\r?\n([ \t]*)$/.exec(text.slice(tree.start + 1, first.start))?.[1];
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const between = first ? text.slice(first.start, first.value.start) : "";
  const second = tree.type === "object" ? tree.members[1] : undefined;
  const isSpaced = first && second && /,\s/.test(text.slice(first.value.end, second.start));
  return {
    indent: indent === undefined || indent === "" ? undefined : indent,
    newline,
    colon: /"\s*:$/.test(between) ? ":" : ": ",
    comma: isSpaced ? ", " : ",",
    isSorted: true,
  };
}

/** `value` as JSON text in this style; `margin` is the indentation of the line it begins on. */
export function writeJson(value: unknown, style: JsonStyle, margin: string): string {
  const inner = margin + (style.indent ?? "");
  const entries = entriesOf(value, style, inner);
  if (!entries) {
    return JSON.stringify(value) ?? "null";
  }
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) {
    return open + close;
  }
  if (style.indent === undefined) {
    return open + entries.join(style.comma) + close;
  }
  const line = style.newline + inner;
  return `${open}${line}${entries.join(`,${line}`)}${style.newline}${margin}${close}`;
}

function entriesOf(value: unknown, style: JsonStyle, margin: string): string[] | undefined {
  if (typeof value !== "object" || value === null || "toJSON" in value) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => numberText(value, index) ?? writeJson(item, style, margin));
  }
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  const inOrder = style.isSorted ? members.sort(([a], [b]) => (a < b ? -1 : 1)) : members;
  return inOrder.map(
    ([key, each]) =>
      JSON.stringify(key) + style.colon + (numberText(value, key) ?? writeJson(each, style, margin)),
  );
}

/** The indentation of the line on which `position` stands. */
export function marginAt(text: string, position: number): string {
  const start = text.lastIndexOf("\n", position - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, position))?.[0] ?? "";
}
