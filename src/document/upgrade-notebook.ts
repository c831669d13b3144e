import { isRecord, recordOf } from "./record.js";

type Json = Record<string, unknown>;

const mimeTypes: Record<string, string> = {
  text: "text/plain",
  html: "text/html",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  latex: "text/latex",
  json: "application/json",
  javascript: "application/javascript",
};

/** The version of nbformat, 2 or 3, that `notebook` has to be upgraded from; undefined when it does not. */
export function oldFormat(notebook: unknown): number | undefined {
  const { nbformat } = recordOf(notebook);
  return nbformat === 2 || nbformat === 3 ? nbformat : undefined;
}

/**
 * A notebook of nbformat 2 or 3, a JSON value, in nbformat 4, as Jupyter's own nbformat upgrades it: worksheets become one list of
 * cells, headings Markdown, `pyout` and `pyerr` results and errors. Other values are returned as they are.
 */
export function upgradeNotebook(notebook: unknown): unknown {
  const version = oldFormat(notebook);
  if (version === undefined || !isRecord(notebook)) {
    return notebook;
  }
  const { worksheets, metadata, orig_nbformat, orig_nbformat_minor, ...others } = notebook;
  const { name, signature, ...kept } = recordOf(metadata);
  const cells = listOf(worksheets).flatMap((sheet) => listOf(recordOf(sheet).cells));
  const languages = new Set(cells.flatMap((cell) => recordOf(cell).language ?? []));
  const [language] = languages.size === 1 ? languages : [];
  return {
    ...others,
    cells: cells.map(upgradeCell),
    metadata: {
      ...(language !== undefined && { language_info: { name: language } }),
      ...kept,
      orig_nbformat: version,
    },
    nbformat: 4,
    nbformat_minor: 4,
  };
}

function upgradeCell(cell: unknown): unknown {
  if (!isRecord(cell)) {
    return cell;
  }
  const { metadata = {} } = cell;
  if (cell.cell_type === "code") {
    const { input = "", prompt_number = null, collapsed, language, outputs, ...others } = cell;
    return {
      ...others,
      execution_count: prompt_number,
      metadata: { ...recordOf(metadata), ...(collapsed !== undefined && { collapsed }) },
      outputs: listOf(outputs).map(upgradeOutput),
      source: input,
    };
  }
  if (cell.cell_type === "heading") {
    const { level = 1, source = "", ...others } = cell;
    const text = listOf(source).join("").split(/\r?\n/).join(" ");
    return { ...others, cell_type: "markdown", metadata, source: `${"#".repeat(Number(level))} ${text}` };
  }
  return { ...cell, metadata, ...(cell.cell_type === "html" && { cell_type: "markdown" }) };
}

function upgradeOutput(output: unknown): unknown {
  if (!isRecord(output)) {
    return output;
  }
  const { output_type: type, metadata = {}, prompt_number = null, ...others } = output;
  if (type === "pyout" || type === "display_data") {
    const data = Object.entries(others).map(([key, value]) => [mimeTypes[key] ?? key, dataOf(key, value)]);
    return {
      output_type: type === "pyout" ? "execute_result" : type,
      data: Object.fromEntries(data),
      metadata: withMimeTypes(recordOf(metadata)),
      ...(type === "pyout" && { execution_count: prompt_number }),
    };
  }
  if (type === "stream") {
    const { stream = "stdout", text = "" } = others;
    return { output_type: type, name: stream, text };
  }
  const { ename = "", evalue = "", traceback = [] } = others;
  return type === "pyerr" ? { output_type: "error", ename, evalue, traceback } : output;
}

function dataOf(key: string, value: unknown): unknown {
  return key === "json" ? JSON.parse(listOf(value).join("")) : value;
}

function withMimeTypes(metadata: Json): Json {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [mimeTypes[key] ?? key, value]));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
