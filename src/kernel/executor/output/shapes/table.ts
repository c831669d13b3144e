import { inspect } from "node:util";
import type { MimeBundle } from "../../../shared/cell-globals.js";

/** Rows and columns, whoever holds them. */
export interface Table {
  columns: readonly string[];
  rowCount: number;
  /** The names of rows that are no numbers from 0. */
  rowName?(row: number): unknown;
  cell(row: number, column: number): unknown;
}

const mostRows = 60;
const mostColumns = 30;
const longestText = 120;

/** The table as HTML, and as text unless there is a better one. */
export function tableBundle(table: Table, text?: string): MimeBundle {
  return { "text/html": htmlOf(table), "text/plain": text ?? textOf(table) };
}

function htmlOf(table: Table): string {
  const { columns, hiddenColumns, rows } = shownPart(table);
  const left = ' style="text-align: left"';
  const tag = (name: string, content: string, attributes = "") =>
    `<${name}${attributes}>${content}</${name}>`;
  const data = ({ text, isNumber }: ShownCell) => tag("td", escapeText(text), isNumber ? "" : left);
  const more = hiddenColumns > 0 ? tag("td", "…", left) : "";
  const head = ["", ...columns].map((name) => tag("th", escapeText(name), left)).join("");
  const body = rows.map(({ name, cells }) =>
    tag("tr", tag("th", escapeText(name), left) + cells.map(data).join("") + more),
  );
  const headMore = hiddenColumns > 0 ? tag("th", `${hiddenColumns} more columns`, left) : "";
  return [
    // The last two keep JupyterLab from taking what stands between two dollars for a formula.
    '<table class="dataframe mathjax_ignore tex2jax_ignore">',
    tag("thead", tag("tr", head + headMore)),
    tag("tbody", `\n${body.join("\n")}\n`),
    "</table>",
    ...sizeOf(table).map((text) => tag("p", text)),
  ].join("\n");
}

function textOf(table: Table): string {
  const { columns, rows } = shownPart(table);
  const lines = [
    ["", ...columns],
    ...rows.map(({ name, cells }) => [name, ...cells.map(({ text }) => text)]),
  ];
  const widths = ["", ...columns].map((_, index) =>
    Math.max(...lines.map((line) => line[index]?.length ?? 0)),
  );
  const aligned = lines.map((line) =>
    line.map((text, index) => text.padStart(widths[index] ?? 0)).join("  "),
  );
  return [...aligned.map((line) => line.trimEnd()), ...sizeOf(table)].join("\n");
}

/** The size where not all is shown. */
function sizeOf({ rowCount, columns }: Table): string[] {
  return rowCount > mostRows || columns.length > mostColumns
    ? [`${rowCount} rows, ${columns.length} columns`]
    : [];
}

interface ShownCell {
  text: string;
  isNumber: boolean;
}

/** The first and the last rows, with a row of dots between them where there are more. */
function shownPart(table: Table) {
  const columns = table.columns.slice(0, mostColumns);
  const isWhole = table.rowCount <= mostRows;
  const ends = isWhole ? table.rowCount : mostRows / 2;
  const indexes = Array.from({ length: ends }, (_, index) => index);
  const row = (index: number) => ({
    name: String(table.rowName?.(index) ?? index),
    cells: columns.map((_, column) => shownCell(table.cell(index, column))),
  });
  const dots = { name: "…", cells: columns.map(() => ({ text: "…", isNumber: false })) };
  const last = () => indexes.map((index) => row(table.rowCount - ends + index));
  return {
    columns,
    hiddenColumns: table.columns.length - columns.length,
    rows: [...indexes.map(row), ...(isWhole ? [] : [dots, ...last()])],
  };
}

function shownCell(value: unknown): ShownCell {
  const isNumber = typeof value === "number" || typeof value === "bigint";
  return { text: shorten(cellText(value)), isNumber };
}

function cellText(value: unknown): string {
  if (value === undefined) {
    return "";
  }
  return typeof value === "string"
    ? value
    : inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
}

function shorten(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
