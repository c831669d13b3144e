import { parse, stringify } from "yaml";
import {
  type Cell,
  isCodeCell,
  joinLines,
  type Notebook,
  NotebookFormatError,
  splitLines,
} from "../notebook.js";
import { isRecord } from "../record.js";

/** The sign that begins a comment in a source file, by the ending of its name. */
export const leaders: Record<string, string> = {
  ts: "//",
  mts: "//",
  js: "//",
  mjs: "//",
  py: "#",
};

const kinds: Record<string, string> = { markdown: " [markdown]", raw: " [raw]", code: "" };

/**
 * The notebook as a source file in the percent format that VS Code, Zed and jupytext read: `// %%` begins a cell, with its kind, its id
 * and its metadata; texts stand in comments; the notebook's metadata stand on top. Everything but outputs and counts is in it.
 */
export function percentText({ cells, metadata }: Notebook, leader: string): string {
  const head = stringify({ jupyter: metadata }).trimEnd().split("\n");
  const top = ["---", ...head, "---"].map((line) => comment(line, leader)).join("\n");
  return `${[top, ...cells.map((cell) => cellText(cell, leader))].join("\n\n")}\n`;
}

function cellText(cell: Cell, leader: string): string {
  const { id, metadata, attachments } = cell;
  const options = Object.entries({
    ...metadata,
    ...(id !== undefined && { id }),
    ...(attachments !== undefined && { attachments }),
  });
  const written = options.map(
    ([key, value]) =>
      ` ${/^[A-Za-z_][\w.-]*$/.test(key) ? key : JSON.stringify(key)}=${JSON.stringify(value)}`,
  );
  const source = joinLines(cell.source);
  const lines = source === "" ? [] : source.split("\n");
  const isCode = isCodeCell(cell);
  const body = lines.map((line) => escaped(isCode ? line : comment(line, leader), leader));
  return [`${leader} %%${kinds[cell.cell_type] ?? ` [${cell.cell_type}]`}${written.join("")}`, ...body].join(
    "\n",
  );
}

function comment(line: string, leader: string): string {
  return line === "" ? leader : `${leader} ${line}`;
}

/** A line that looks like the beginning of a cell, or of one that was escaped, gets one more backslash than it has. */
function escaped(line: string, leader: string): string {
  const start = `${leader} `;
  return line.startsWith(start) && /^\\*%%/.test(line.slice(start.length))
    ? `${start}\\${line.slice(start.length)}`
    : line;
}

/** The notebook in a source file in percent format. Cells without an id get one when others have. Throws NotebookFormatError. */
export function parsePercent(text: string, leader: string): Notebook {
  const lines = text.replace(/\r\n/g, "\n").replace(/\n$/, "").split("\n");
  const starts = lines.flatMap((line, position) => (line.startsWith(`${leader} %%`) ? position : []));
  const { metadata, rest } = headOf(lines.slice(0, starts[0] ?? lines.length), leader);
  const marked = starts.map((start, position) => {
    const end = starts[position + 1];
    const body = lines.slice(start + 1, end);
    const isSeparated = end !== undefined && body.at(-1) === "";
    return parseCell(lines[start] ?? "", isSeparated ? body.slice(0, -1) : body, leader);
  });
  const cells = rest.length > 0 ? [parseCell(`${leader} %%`, rest, leader), ...marked] : marked;
  const hasIds = cells.some(({ id }) => id !== undefined);
  const taken = new Set(cells.flatMap(({ id }) => id ?? []));
  for (const [position, cell] of cells.entries()) {
    if (hasIds && cell.id === undefined) {
      cell.id = freeId(position + 1, taken);
    }
  }
  return { cells, metadata, nbformat: 4, nbformat_minor: hasIds ? 5 : 4 };
}

function freeId(number: number, taken: Set<string>): string {
  for (let id = `cell-${number}`; ; id += "-new") {
    if (!taken.has(id)) {
      taken.add(id);
      return id;
    }
  }
}

/** The notebook's metadata, and the lines of code that stand before the first cell. */
function headOf(lines: string[], leader: string): { metadata: Notebook["metadata"]; rest: string[] } {
  const bare = lines.map((line) => uncommented(line, leader));
  const end = bare[0] === "---" ? bare.indexOf("---", 1) : -1;
  const value: unknown = end < 0 ? undefined : parse(bare.slice(1, end).join("\n"));
  const metadata = isRecord(value) && isRecord(value.jupyter) ? value.jupyter : {};
  const rest = lines
    .slice(end + 1)
    .join("\n")
    .trim();
  return { metadata, rest: rest === "" ? [] : rest.split("\n") };
}

function parseCell(start: string, body: string[], leader: string): Cell {
  const [, kind = "code", options = ""] = /^\S+ %%(?:\s*\[(\w+)\])?(.*)$/.exec(start) ?? [];
  const type = kind === "md" ? "markdown" : kind;
  const { id, attachments, ...metadata } = parseOptions(options.trim(), start);
  const plain = body.map((line) => unescaped(line, leader));
  const lines = type === "code" ? plain : plain.map((line) => uncommented(line, leader));
  return {
    cell_type: type,
    ...(typeof id === "string" && { id }),
    metadata,
    source: splitLines(lines.join("\n")),
    ...(attachments !== undefined && { attachments }),
    ...(type === "code" && { execution_count: null, outputs: [] }),
  };
}

/** `key=JSON` again and again; a title before them, as VS Code has it, is kept as the metadatum `title`. */
function parseOptions(text: string, line: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const key = /(?:^|\s)("(?:[^"\\]|\\.)*"|[A-Za-z_][\w.-]*)=/g;
  const first = key.exec(text);
  const title = (first ? text.slice(0, first.index) : text).trim();
  if (title !== "") {
    found.title = title;
  }
  for (let match = first; match; ) {
    const from = match.index + match[0].length;
    const [value, end] = jsonAt(text, from, line);
    found[match[1]?.startsWith('"') ? JSON.parse(match[1]) : (match[1] ?? "")] = value;
    key.lastIndex = end;
    match = key.exec(text);
  }
  return found;
}

/** The JSON value that begins at `from`, and where it ends: at the shortest text that is one, followed by white space or nothing. */
function jsonAt(text: string, from: number, line: string): [value: unknown, end: number] {
  for (const { index } of [...text.slice(from).matchAll(/(?=\s|$)/g)]) {
    try {
      return [JSON.parse(text.slice(from, from + index)), from + index];
    } catch {
      // A longer text may be one.
    }
  }
  throw new NotebookFormatError(`expected JSON values in \`${line.slice(0, 200)}\``);
}

function uncommented(line: string, leader: string): string {
  if (!line.startsWith(leader)) {
    return line;
  }
  return line.slice(leader.length).replace(/^ /, "");
}

function unescaped(line: string, leader: string): string {
  const start = `${leader} `;
  return line.startsWith(start) && /^\\+%%/.test(line.slice(start.length))
    ? start + line.slice(start.length + 1)
    : line;
}
