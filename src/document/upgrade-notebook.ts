import { parseJson } from "./json/exact-json.js";
import { withNumberTexts } from "./json/number-texts.js";
import { isMultilineString, joinLines, NotebookFormatError } from "./notebook.js";
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

// HTML has six levels; a mistake should not fill the memory with signs.
const deepestHeading = 100;

/** The version of nbformat, 2 or 3, that `notebook` has to be upgraded from; undefined when it does not. */
export function oldFormat(notebook: unknown): number | undefined {
  const { nbformat } = recordOf(notebook);
  return nbformat === 2 || nbformat === 3 ? nbformat : undefined;
}

/**
 * A notebook of nbformat 2 or 3, a JSON value, in nbformat 4, as Jupyter's own nbformat upgrades it: worksheets become one list of
 * cells, headings Markdown, `pyout` and `pyerr` results and errors. Other values are returned as they are.
 * Throws NotebookFormatError for a heading or an output that cannot be upgraded, and for cells outside of worksheets.
 */
export function upgradeNotebook(notebook: unknown): unknown {
  const version = oldFormat(notebook);
  if (version === undefined || !isRecord(notebook)) {
    return notebook;
  }
  const { worksheets, metadata, orig_nbformat, orig_nbformat_minor, ...others } = notebook;
  if ("cells" in others) {
    throw new NotebookFormatError(
      `expected \`worksheets\`, as in nbformat ${version}, but found \`cells\`, as in nbformat 4: set \`nbformat\` to what it is`,
    );
  }
  const { name, signature, ...kept } = recordOf(metadata);
  const cells = listOf(worksheets).flatMap(cellsOf);
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

function cellsOf(worksheet: unknown): unknown[] {
  const { cells = [] } = recordOf(worksheet);
  if (!isRecord(worksheet) || !Array.isArray(cells)) {
    throw new NotebookFormatError("expected `worksheets` to be a list of objects with a list of `cells`");
  }
  return cells;
}

function upgradeCell(cell: unknown, index: number): unknown {
  const place = `cell ${index + 1}`;
  if (!isRecord(cell)) {
    return cell;
  }
  const { metadata = {} } = cell;
  if (cell.cell_type === "code") {
    const { input = "", prompt_number = null, collapsed, language, outputs, ...others } = cell;
    return {
      ...others,
      execution_count: prompt_number,
      metadata: isRecord(metadata)
        ? { ...metadata, ...(collapsed !== undefined && { collapsed }) }
        : metadata,
      outputs: listOf(outputs).map((output, position) =>
        upgradeOutput(output, `${place}, output ${position + 1}`),
      ),
      source: input,
    };
  }
  if (cell.cell_type === "heading") {
    const { level = 1, source = "", ...others } = cell;
    if (!Number.isInteger(level) || Number(level) < 1 || Number(level) > deepestHeading) {
      const expected = `expected \`level\` to be an integer from 1 to ${deepestHeading}`;
      throw new NotebookFormatError(`${place}: ${expected}, got \`${JSON.stringify(level)}\``);
    }
    const text = listOf(source).join("").split(/\r?\n/).join(" ");
    return { ...others, cell_type: "markdown", metadata, source: `${"#".repeat(Number(level))} ${text}` };
  }
  return { ...cell, metadata, ...(cell.cell_type === "html" && { cell_type: "markdown" }) };
}

function upgradeOutput(output: unknown, place: string): unknown {
  if (!isRecord(output)) {
    return output;
  }
  const { output_type: type, metadata = {}, prompt_number = null, ...others } = output;
  if (type === "pyout" || type === "display_data") {
    const data = Object.entries(others).map(([key, value]) => [
      mimeTypes[key] ?? key,
      key === "json" ? parsed(value, place) : value,
    ]);
    return {
      output_type: type === "pyout" ? "execute_result" : type,
      data: withNumberTexts(Object.fromEntries(data), output),
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

function parsed(json: unknown, place: string): unknown {
  if (!isMultilineString(json)) {
    return json;
  }
  try {
    return parseJson(joinLines(json));
  } catch (cause) {
    throw new NotebookFormatError(`${place}: its \`json\` is not JSON`, { cause });
  }
}

function withMimeTypes(metadata: Json): Json {
  const renamed = Object.entries(metadata).map(([key, value]) => [mimeTypes[key] ?? key, value]);
  return withNumberTexts(Object.fromEntries(renamed), metadata);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
