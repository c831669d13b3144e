import { type JsonNode, JsonTreeError, parseJsonTree } from "./json/json-tree.js";
import { type Notebook, NotebookFormatError, parseNotebook } from "./notebook.js";
import { placeOf, schemaProblems } from "./schema/schema-problems.js";

/** A notebook together with its text, for whoever wants to change a part of it and nothing else. */
export interface NotebookSource {
  text: string;
  tree: JsonNode;
  notebook: Notebook;
}

/**
 * The notebook in `bytes`: UTF-8, JSON without doubled keys, nbformat 4. What is missing but not needed is filled in; what is of
 * a wrong type is not taken for something else. Throws NotebookFormatError, with one line.
 */
export function readNotebookSource(bytes: Uint8Array): NotebookSource {
  const text = decode(bytes);
  try {
    const value = parseJson(text);
    const isNamed =
      typeof value !== "object" || value === null || Array.isArray(value) || "nbformat" in value;
    if (!isNamed) {
      throw new NotebookFormatError("not a notebook: it has no `nbformat`");
    }
    const notebook = parseNotebook(text);
    const tree = parseJsonTree(text);
    const [problem] = schemaProblems(value).filter(({ remedy }) => remedy === undefined);
    if (problem) {
      throw new NotebookFormatError(`${placeOf(problem.path)}: ${problem.message}`);
    }
    return { text, tree, notebook };
  } catch (cause) {
    if (!(cause instanceof NotebookFormatError || cause instanceof JsonTreeError)) {
      throw cause;
    }
    const line = cause.message.replace(/[\s\p{Cc}]+/gu, " ").slice(0, 300);
    throw new NotebookFormatError(line, { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new NotebookFormatError(`not JSON: ${(cause as Error).message}`, { cause });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new NotebookFormatError("not UTF-8", { cause });
  }
}
