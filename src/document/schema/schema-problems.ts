import { isJson } from "../mime.js";
import {
  anyObject,
  anything,
  boolean,
  byType,
  type Check,
  count,
  dictionary,
  type Fields,
  integer,
  list,
  matching,
  multiline,
  nullableString,
  oneOf,
  orNull,
  type Path,
  type Remedy,
  record,
  show,
  string,
} from "./schema-checks.js";

/** A way in which a notebook is not what nbformat 4.5 asks for. */
export interface SchemaProblem {
  path: Path;
  message: string;
  /** The mend, where it does not keep anyone from reading the notebook. */
  remedy?: Remedy;
}

/** Everything in `notebook` that nbformat's schema for 4.5 does not allow. */
export function schemaProblems(notebook: unknown): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  checkNotebook(notebook, [], (path, message, remedy) => {
    problems.push({ path, message, ...(remedy && { remedy }) });
  });
  return problems;
}

const tags: Check = (value, place, report) => {
  list(matching(/^[^,]+$/, "a tag without a comma"))(value, place, report);
  if (Array.isArray(value) && new Set(value).size < value.length) {
    report(place, "the same tag stands twice", "replace");
  }
};

const mimeBundle = dictionary((type) => (isJson(type) ? anything : multiline));

const cellMetadata: Fields = { jupyter: anyObject, name: matching(/./, "a name that is not empty"), tags };

const cellFields: Fields = {
  id: matching(/^[a-zA-Z0-9-_]{1,64}$/, "1 to 64 letters, digits, - and _", "replace"),
  cell_type: string,
  source: multiline,
};

function cell(metadata: Fields, more: Fields, required: string[] = []): Check {
  const fields = {
    ...cellFields,
    metadata: record({ ...cellMetadata, ...metadata }, { required: [], open: true }),
    ...more,
  };
  return record(fields, { required: ["id", "cell_type", "metadata", "source", ...required], open: false });
}

function output(more: Fields): Check {
  const fields = { output_type: string, ...more };
  return record(fields, { required: Object.keys(fields), open: false });
}

const attachments = dictionary(() => mimeBundle);

const outputs: Record<string, Check> = {
  stream: output({ name: string, text: multiline }),
  display_data: output({ data: mimeBundle, metadata: anyObject }),
  execute_result: output({ data: mimeBundle, metadata: anyObject, execution_count: count }),
  error: output({ ename: string, evalue: string, traceback: list(string) }),
};

const cells: Record<string, Check> = {
  raw: cell({ format: string }, { attachments }),
  markdown: cell({}, { attachments }),
  code: cell(
    { collapsed: boolean, scrolled: oneOf(true, false, "auto"), execution: dictionary(() => string) },
    { outputs: list(byType("output_type", outputs)), execution_count: count },
    ["outputs", "execution_count"],
  ),
};

const checkNotebook = record(
  {
    nbformat: integer(4, 4),
    nbformat_minor: (value, place, report) => {
      integer(0)(value, place, report);
      if (typeof value === "number" && Number.isInteger(value) && value < 5) {
        report(place, `expected at least 5, got ${show(value)}`, "replace");
      }
    },
    metadata: record(
      {
        kernelspec: orNull(
          record(
            { name: nullableString, display_name: nullableString },
            { required: ["name", "display_name"], open: true },
          ),
        ),
        language_info: orNull(
          record(
            {
              name: nullableString,
              codemirror_mode: (value, place, report) =>
                typeof value === "string" || anyObject(value, place, report),
              file_extension: string,
              mimetype: string,
              pygments_lexer: string,
            },
            { required: ["name"], open: true },
          ),
        ),
        orig_nbformat: integer(1),
        title: string,
        authors: list(anything),
      },
      { required: [], open: true },
    ),
    cells: list(byType("cell_type", cells)),
  },
  { required: ["metadata", "nbformat_minor", "nbformat", "cells"], open: false },
);

/** The place of something: `cells[3].outputs[0].text`. */
export function placeOf(path: Path): string {
  if (path.length === 0) {
    return "notebook";
  }
  return path
    .map((key) =>
      typeof key === "number" ? `[${key}]` : /^\w+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
    )
    .join("")
    .replace(/^\./, "");
}
