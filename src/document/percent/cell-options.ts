import { parseJson, stringifyJson } from "../json/exact-json.js";
import { withNumberTexts } from "../json/number-texts.js";
import { type Cell, NotebookFormatError } from "../notebook.js";

const kinds: Record<string, string> = { markdown: " [markdown]", raw: " [raw]", code: "" };
const types: Record<string, string> = { markdown: "markdown", md: "markdown", raw: "raw", code: "code" };

/** Fields of a cell that stand among its metadata; metadata of these names stand in quotes. */
const fields = ["id", "attachments", "cell_type", "language", "magic_args"];

/** The kind of the cell, and behind it `key=JSON` for its id, its attachments and each of its metadata. */
export function cellOptions({ cell_type, id, metadata, attachments }: Cell): string {
  const kind = kinds[cell_type];
  const own = { ...(id !== undefined && { id }), ...(attachments !== undefined && { attachments }) };
  const options = [
    ...Object.keys(metadata).map((key) => written(metadata, key, fields.includes(key))),
    ...Object.keys(own).map((key) => written(own, key, false)),
    ...(kind === undefined ? [written({ cell_type }, "cell_type", false)] : []),
  ];
  return (kind ?? "") + options.join("");
}

function written(container: Record<string, unknown>, key: string, isQuoted: boolean): string {
  const name = !isQuoted && /^[A-Za-z_][\w.-]*$/.test(key) ? key : JSON.stringify(key);
  const only = withNumberTexts(Object.fromEntries([[key, container[key]]]), container);
  const value = stringifyJson(only).slice(`{${JSON.stringify(key)}:`.length, -1);
  return ` ${name}=${value}`.replace(/[\u2028\u2029]/g, (text) => `\\u${text.charCodeAt(0).toString(16)}`);
}

export interface ParsedOptions {
  type: string;
  id?: string;
  attachments?: unknown;
  /** The magic of a cell in another language, as jupytext has it. */
  magic?: string;
  metadata: Record<string, unknown>;
}

/** `[kind]`, `key=JSON` again and again; a title before them, as VS Code has it, is kept as the metadatum `title`. Throws NotebookFormatError. */
export function parseOptions(text: string, line: string): ParsedOptions {
  const [, kind = "", options = ""] = /^\s*(?:\[(markdown|md|raw|code)\])?(.*)$/.exec(text) ?? [];
  const { metadata, own } = membersIn(options.trim(), line);
  const { id, attachments, cell_type, language, magic_args } = own;
  if (
    [id, cell_type, language, magic_args].some((value) => !["string", "undefined"].includes(typeof value))
  ) {
    throw unreadable(line);
  }
  const type = types[kind] ?? (cell_type as string | undefined) ?? "code";
  const isMagic = type === "code" && language !== undefined;
  const notMagic = Object.fromEntries(
    Object.entries({ language, magic_args }).filter(([, value]) => value !== undefined && !isMagic),
  );
  return {
    type,
    ...(id !== undefined && { id: id as string }),
    ...(attachments !== undefined && { attachments }),
    ...(isMagic && { magic: [`%%${language}`, magic_args ?? []].flat().join(" ") }),
    metadata: { ...notMagic, ...metadata },
  };
}

interface Members {
  metadata: Record<string, unknown>;
  own: Record<string, unknown>;
}

function membersIn(text: string, line: string): Members {
  const json: Record<"metadata" | "own", string[]> = { metadata: [], own: [] };
  const key = /(?:^|\s)("(?:[^"\\]|\\.)*"|[A-Za-z_][\w.-]*)=/g;
  const first = key.exec(text);
  const title = (first ? text.slice(0, first.index) : text).trim();
  if (title !== "") {
    json.metadata.push(`"title":${JSON.stringify(title)}`);
  }
  const names = new Set<string>();
  for (let match = first; match; match = key.exec(text)) {
    const from = match.index + match[0].length;
    const end = jsonEnd(text, from, line);
    const [, name = ""] = match;
    if (names.has(name) || (name === "title" && title !== "")) {
      throw new NotebookFormatError(`\`${name}\` stands twice in \`${line.slice(0, 200)}\``);
    }
    names.add(name);
    const member = `${name.startsWith('"') ? name : `"${name}"`}:${text.slice(from, end)}`;
    json[fields.includes(name) ? "own" : "metadata"].push(member);
    key.lastIndex = end;
  }
  return {
    metadata: parseJson(`{${json.metadata.join()}}`) as Record<string, unknown>,
    own: parseJson(`{${json.own.join()}}`) as Record<string, unknown>,
  };
}

/** The end of the JSON value that begins at `from`: at the shortest text that is one, followed by white space or nothing. */
function jsonEnd(text: string, from: number, line: string): number {
  for (const { index } of text.slice(from).matchAll(/(?=\s|$)/g)) {
    try {
      JSON.parse(text.slice(from, from + index));
      return from + index;
    } catch {
      // A longer text may be one.
    }
  }
  throw unreadable(line);
}

function unreadable(line: string): NotebookFormatError {
  return new NotebookFormatError(`expected JSON values in \`${line.slice(0, 200)}\``);
}
