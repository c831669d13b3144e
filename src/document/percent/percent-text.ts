import { type Cell, isCodeCell, joinLines, type Notebook, splitLines } from "../notebook.js";
import { cellOptions, parseOptions } from "./cell-options.js";
import { comment, escaped, markerOf, uncommented, unescaped } from "./comment-lines.js";
import { commentMagics, hasCommentedMagics, uncommentMagics } from "./magics.js";
import { headLines, headOf } from "./percent-head.js";

/** The sign that begins a comment in a source file, by the ending of its name. */
export const leaders: Record<string, string> = {
  ts: "//",
  mts: "//",
  js: "//",
  mjs: "//",
  py: "#",
};

/** The way in which a source file is written. */
interface SourceStyle {
  leader: string;
  /** Magics are comments. */
  commentsMagics: boolean;
}

/**
 * The notebook as a source file in the percent format that VS Code, Zed and jupytext read: `// %%` begins a cell, with its kind, its id
 * and its metadata; texts stand in comments; the notebook's metadata stand on top. Everything but outputs and counts is in it,
 * and fields that do not belong in a notebook.
 */
export function percentText({ cells, metadata }: Notebook, leader: string): string {
  const style = { leader, commentsMagics: hasCommentedMagics(metadata) };
  const top = headLines(metadata).map((line) => comment(line, leader));
  return `${[top.join("\n"), ...cells.map((cell) => cellText(cell, style))].join("\n\n")}\n`;
}

function cellText(cell: Cell, { leader, commentsMagics }: SourceStyle): string {
  const source = joinLines(cell.source);
  const lines = source === "" ? [] : source.split("\n");
  const code = commentsMagics ? commentMagics(lines, leader) : lines;
  const body = isCodeCell(cell) ? code : lines.map((line) => comment(line, leader));
  const start = `${leader} %%${cellOptions(cell)}`;
  return [start, ...body.map((line) => escaped(line, leader, commentsMagics))].join("\n");
}

/** The notebook in a source file in percent format. Cells without an id get one when others have. Throws NotebookFormatError. */
export function parsePercent(text: string, leader: string): Notebook {
  const lines = linesOf(text);
  const marker = markerOf(leader);
  const starts = lines.flatMap((line, position) => (marker.test(line) ? position : []));
  const before = lines.slice(0, starts[0] ?? lines.length);
  const { metadata, length, frontMatter } = headOf(before, leader);
  const style = { leader, commentsMagics: hasCommentedMagics(metadata) };
  const marked = starts.map((start, position) => {
    const end = starts[position + 1];
    const body = lines.slice(start + 1, end);
    const isSeparated = end !== undefined && body.at(-1) === "";
    return parseCell(lines[start] ?? "", isSeparated ? body.slice(0, -1) : body, style);
  });
  const first = withoutBlankEnds(before.slice(length));
  const cells = [
    ...(frontMatter === undefined ? [] : [rawCell(frontMatter)]),
    ...(first.length > 0 ? [parseCell(`${leader} %%`, first, style)] : []),
    ...marked,
  ];
  const hasIds = cells.some(({ id }) => id !== undefined);
  const taken = new Set(cells.flatMap(({ id }) => id ?? []));
  for (const [position, cell] of cells.entries()) {
    if (hasIds && cell.id === undefined) {
      cell.id = freeId(position + 1, taken);
    }
  }
  return { cells, metadata, nbformat: 4, nbformat_minor: hasIds ? 5 : 4 };
}

/** Ends of lines as on Windows are an editor's where all are such, else those of a cell. */
function linesOf(text: string): string[] {
  const isOfWindows = !/(?:^|[^\r])\n/.test(text);
  const plain = isOfWindows ? text.replaceAll("\r\n", "\n") : text;
  return plain
    .replace(/^\uFEFF/, "")
    .replace(/\n$/, "")
    .split("\n");
}

function withoutBlankEnds(lines: string[]): string[] {
  const isText = (line: string) => line.trim() !== "";
  const start = lines.findIndex(isText);
  return start < 0 ? [] : lines.slice(start, lines.findLastIndex(isText) + 1);
}

function rawCell(source: string): Cell {
  return { cell_type: "raw", metadata: {}, source: splitLines(source) };
}

function freeId(number: number, taken: Set<string>): string {
  for (let id = `cell-${number}`; ; id += "-new") {
    if (!taken.has(id)) {
      taken.add(id);
      return id;
    }
  }
}

function parseCell(start: string, body: string[], style: SourceStyle): Cell {
  const { 0: sign = "", groups } = markerOf(style.leader).exec(start) ?? {};
  const { type, id, attachments, magic, metadata } = parseOptions(start.slice(sign.length), start);
  const depth = groups?.depth?.length ?? 0;
  const lines = type === "code" && magic === undefined ? codeOf(body, style) : textOf(body, style);
  return {
    cell_type: type,
    ...(id !== undefined && { id }),
    metadata: { ...(depth > 0 && { cell_depth: depth }), ...metadata },
    source: splitLines([magic ?? [], lines].flat().join("\n")),
    ...(attachments !== undefined && { attachments }),
    ...(type === "code" && { execution_count: null, outputs: [] }),
  };
}

function codeOf(body: string[], { leader, commentsMagics }: SourceStyle): string[] {
  const lines = body.map((line) => unescaped(line, leader));
  return commentsMagics ? uncommentMagics(lines, leader) : lines;
}

/** The lines of a text, which stands in comments, or in a string of Python. */
function textOf(body: string[], { leader }: SourceStyle): string[] {
  const string = /^[rR]?(?<quote>"""|''')\n?(?<text>[\s\S]*?)\n?\k<quote>\s*$/.exec(body.join("\n"));
  return leader === "#" && string?.groups
    ? (string.groups.text ?? "").split("\n")
    : body.map((line) => uncommented(unescaped(line, leader), leader));
}
