import { decodeText } from "./decode-text.js";
import { stringifyJson } from "./json/exact-json.js";
import { type JsonNode, JsonTreeError, parseJsonTree } from "./json/json-tree.js";
import { type Notebook, NotebookFormatError } from "./notebook.js";
import { parseNotebookJson, toNotebook } from "./parse-notebook.js";
import { isRecord } from "./record.js";
import { placeOf, schemaProblems } from "./schema/schema-problems.js";
import { oldFormat, upgradeNotebook } from "./upgrade-notebook.js";

/** A notebook together with its text, for whoever wants to change a part of it and nothing else. */
export interface NotebookSource {
  text: string;
  tree: JsonNode;
  notebook: Notebook;
  /** The version of nbformat that the file has, where the text here is not the file's, but upgraded. */
  upgradedFrom?: number;
}

/**
 * The notebook in `bytes`: UTF-8, JSON without doubled keys, nbformat 4, or 2 or 3, which is upgraded. Missing fields that are not needed are filled in; one of
 * a wrong type is not taken for something else. Throws NotebookFormatError, with one line.
 */
export function readNotebookSource(bytes: Uint8Array): NotebookSource {
  const text = decodeText(bytes);
  try {
    const value = parseNotebookJson(text);
    const upgradedFrom = oldFormat(value);
    if (upgradedFrom !== undefined) {
      return { ...readNotebookSource(upgradedBytes(value)), upgradedFrom };
    }
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

function upgradedBytes(value: unknown): Uint8Array {
  return Buffer.from(`${stringifyJson(upgradeNotebook(value), " ")}\n`);
}
