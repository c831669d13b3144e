import { type JsonNode, JsonTreeError, parseJsonTree } from "./json/json-tree.js";
import { type Notebook, NotebookFormatError } from "./notebook.js";
import { parseNotebookJson, toNotebook } from "./parse-notebook.js";
import { isRecord } from "./record.js";
import { placeOf, schemaProblems } from "./schema/schema-problems.js";

/** A notebook together with its text, for whoever wants to change a part of it and nothing else. */
export interface NotebookSource {
  text: string;
  tree: JsonNode;
  notebook: Notebook;
}

/**
 * The notebook in `bytes`: UTF-8, JSON without doubled keys, nbformat 4. Missing fields that are not needed are filled in; one of
 * a wrong type is not taken for something else. Throws NotebookFormatError, with one line.
 */
export function readNotebookSource(bytes: Uint8Array): NotebookSource {
  const text = decode(bytes);
  try {
    const value = parseNotebookJson(text);
    if (isRecord(value) && !("nbformat" in value)) {
      throw new NotebookFormatError("not a notebook: it has no `nbformat`");
    }
    const problem = schemaProblems(value).find(({ remedy }) => remedy === undefined);
    const notebook = toNotebook(value);
    const tree = parseJsonTree(text);
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

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new NotebookFormatError("not UTF-8", { cause });
  }
}
