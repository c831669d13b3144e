import { isJson } from "../mime.js";

/** A way in which a notebook is not what nbformat 4.5 asks for. */
export interface SchemaProblem {
  path: Path;
  message: string;
  /** What would mend it, where it does not keep anyone from reading the notebook. */
  remedy?: Remedy;
}

export type Path = (string | number)[];
export type Remedy = "add" | "remove" | "replace";

type Check = (value: unknown, place: Path, report: Report) => void;
type Report = (place: Path, message: string, remedy?: Remedy) => void;
type Fields = Record<string, Check>;

/** Everything in `notebook` that nbformat's schema for 4.5 does not allow. */
export function schemaProblems(notebook: unknown): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  checkNotebook(notebook, [], (path, message, remedy) => {
    problems.push({ path, message, ...(remedy && { remedy }) });
  });
  return problems;
}

const string: Check = (value, place, report) => {
  if (typeof value !== "string") {
    report(place, `expected a string, got ${show(value)}`);
  }
};

const boolean: Check = (value, place, report) => {
  if (typeof value !== "boolean") {
    report(place, `expected true or false, got ${show(value)}`);
  }
};

const anything: Check = () => {};

const anyObject: Check = (value, place, report) => {
  if (!isObject(value)) {
    report(place, `expected an object, got ${show(value)}`);
  }
};

const multiline: Check = (value, place, report) => {
  const isText =
    typeof value === "string" || (Array.isArray(value) && value.every((line) => typeof line === "string"));
  if (!isText) {
    report(place, `expected a string or a list of strings, got ${show(value)}`);
  }
};

function integer(least: number, most = Number.POSITIVE_INFINITY): Check {
  return (value, place, report) => {
    const isFine = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    if (!isFine) {
      report(place, `expected an integer of at least ${least}, got ${show(value)}`);
    }
  };
}

const count: Check = (value, place, report) => value !== null && integer(0)(value, place, report);

function oneOf(...choices: unknown[]): Check {
  return (value, place, report) => {
    if (!choices.includes(value)) {
      report(place, `expected ${choices.map(show).join(" or ")}, got ${show(value)}`);
    }
  };
}

function matching(pattern: RegExp, what: string, remedy?: Remedy): Check {
  return (value, place, report) => {
    if (typeof value !== "string" || !pattern.test(value)) {
      report(place, `expected ${what}, got ${show(value)}`, typeof value === "string" ? remedy : undefined);
    }
  };
}

function list(item: Check): Check {
  return (value, place, report) => {
    if (!Array.isArray(value)) {
      report(place, `expected a list, got ${show(value)}`);
    } else {
      for (const [index, each] of value.entries()) {
        item(each, [...place, index], report);
      }
    }
  };
}

function dictionary(item: (key: string) => Check): Check {
  return (value, place, report) => {
    if (!isObject(value)) {
      report(place, `expected an object, got ${show(value)}`);
    } else {
      for (const [key, each] of Object.entries(value)) {
        item(key)(each, [...place, key], report);
      }
    }
  };
}

/** An object with these fields; those in `required` must be there, and no other may unless it is `open`. */
function record(fields: Fields, { required, open }: { required: string[]; open: boolean }): Check {
  return (value, place, report) => {
    if (!isObject(value)) {
      return report(place, `expected an object, got ${show(value)}`);
    }
    for (const key of required) {
      if (!Object.hasOwn(value, key)) {
        report([...place, key], "is missing", canBeAdded(key) ? "add" : undefined);
      }
    }
    for (const [key, each] of Object.entries(value)) {
      const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (check) {
        check(each, [...place, key], report);
      } else if (!open) {
        report([...place, key], "does not belong here", "remove");
      }
    }
  };
}

/** What a reader fills in when it is missing. */
function canBeAdded(key: string): boolean {
  return ["id", "metadata", "outputs", "execution_count", "nbformat_minor", "display_name"].includes(key);
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
      if (Number.isInteger(value) && (value as number) < 5) {
        report(place, `expected at least 5, got ${show(value)}`, "replace");
      }
    },
    metadata: record(
      {
        kernelspec: record(
          { name: string, display_name: string },
          { required: ["name", "display_name"], open: true },
        ),
        language_info: record(
          {
            name: string,
            codemirror_mode: (value, place, report) =>
              typeof value === "string" || anyObject(value, place, report),
            file_extension: string,
            mimetype: string,
            pygments_lexer: string,
          },
          { required: ["name"], open: true },
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

function byType(key: string, checks: Record<string, Check>): Check {
  return (value, place, report) => {
    if (!isObject(value)) {
      return report(place, `expected an object, got ${show(value)}`);
    }
    const type = value[key];
    const check = typeof type === "string" && Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (check) {
      check(value, place, report);
    } else {
      report([...place, key], `expected one of ${Object.keys(checks).join(", ")}, got ${show(type)}`);
    }
  };
}

/** Where something stands: `cells[3].outputs[0].text`. */
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}
