import { isMap, isScalar, isSeq, type Node, parseDocument, stringify } from "yaml";
import { stringifyJson } from "../json/exact-json.js";
import { isOddNumber } from "../json/json-facts.js";
import { keepNumberText } from "../json/number-texts.js";
import { type Notebook, NotebookFormatError } from "../notebook.js";
import { recordOf } from "../record.js";
import { uncommented } from "./comment-lines.js";

/** The lines, without their comment signs, that hold the notebook's metadata: YAML, or JSON in it where YAML would lose something. */
export function headLines(metadata: Notebook["metadata"]): string[] {
  const json = stringifyJson(metadata);
  const yaml = stringify({ jupyter: metadata }).trimEnd();
  const isPlain = json === JSON.stringify(metadata) && !/[\r\u2028\u2029]/.test(yaml);
  const written = isPlain
    ? yaml
    : `jupyter: ${json.replace(/[\u2028\u2029]/g, (text) => `\\u${text.charCodeAt(0).toString(16)}`)}`;
  return ["---", ...written.split("\n"), "---"];
}

export interface PercentHead {
  metadata: Notebook["metadata"];
  /** The number of lines that the head takes. */
  length: number;
  /** YAML that is no notebook's: the front matter of a page. */
  frontMatter?: string;
}

/** The head that `lines` begin with, where they begin with one. Throws NotebookFormatError for metadata that cannot be read. */
export function headOf(lines: string[], leader: string): PercentHead {
  const none = { metadata: {}, length: 0 };
  const bare = lines.map((line) => uncommented(line, leader).trimEnd());
  const end = bare[0] === "---" ? bare.indexOf("---", 1) : -1;
  if (end < 0 || !lines.slice(0, end + 1).every((line) => line.startsWith(leader))) {
    return none;
  }
  const text = bare.slice(1, end).join("\n");
  const document = parseDocument(text);
  const isOurs = /^jupyter\s*:/m.test(text);
  const [error] = document.errors;
  if (error && isOurs) {
    const [problem] = error.message.split("\n");
    throw new NotebookFormatError(`the metadata on top are not YAML: ${problem}`, { cause: error });
  }
  if (error || !isMap(document.contents)) {
    return none;
  }
  const value = recordOf(document.toJS());
  keepNumbers(document.contents, value);
  if (isOurs) {
    document.delete("jupyter");
  }
  const others = isOurs ? document.toString().trimEnd() : text;
  const hasOthers = document.contents.items.length > 0;
  return {
    metadata: metadataIn(value.jupyter),
    length: end + 1,
    ...(hasOthers && { frontMatter: `---\n${others}\n---` }),
  };
}

function metadataIn(value: unknown): Notebook["metadata"] {
  if (typeof (value ?? {}) !== "object" || Array.isArray(value)) {
    throw new NotebookFormatError(`expected \`jupyter\` to be a mapping, got \`${JSON.stringify(value)}\``);
  }
  return recordOf(value);
}

/** Keeps the texts of numbers in `value`, the value of `node`, that JavaScript would write otherwise. */
function keepNumbers(node: Node, value: unknown): void {
  const members: (readonly [key: string | number, node: unknown])[] = isMap(node)
    ? node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), value])
    : isSeq(node)
      ? node.items.map((item, index) => [index, item])
      : [];
  for (const [key, member] of members) {
    if (isScalar(member) && typeof member.value === "number") {
      keepNumber(value as object, key, member.source ?? "", member.value);
    } else if (isMap(member) || isSeq(member)) {
      keepNumbers(member, (value as Record<string | number, unknown>)[key]);
    }
  }
}

function keepNumber(container: object, key: string | number, text: string, number: number): void {
  const isJson = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
  if (!isJson && !Number.isFinite(number)) {
    throw new NotebookFormatError(
      `the metadata on top hold ${text} for \`${key}\`, which JSON does not have`,
    );
  }
  if (isJson && isOddNumber(text)) {
    keepNumberText(container, key, text);
  }
}
