import { type Cell, type CodeCell, isCodeCell, joinLines, type Notebook } from "../notebook.js";
import type { DeclaredParameter } from "./declared-parameter.js";
import type { Language } from "./languages/language.js";
import { ParameterError, type Parameters } from "./parameter-value.js";

const declaringTag = "parameters";
const injectedTag = "injected-parameters";

export interface InjectOptions {
  language: Language;
  /** Takes parameters that the notebook does not declare all the same. Default: false. */
  allowUnknown?: boolean;
  /** Names that need not be declared. Default: none. */
  known?: string[];
}

/**
 * Puts a code cell with `parameters` into the notebook, where papermill puts it: in place of an earlier one (tag
 * `injected-parameters`), else behind the first cell tagged `parameters`, else first. No parameters change nothing.
 *
 * Returns the names that the notebook does not declare. Throws ParameterError for those unless they are allowed, and for those that no
 * variable can have.
 */
export function injectParameters(
  notebook: Notebook,
  parameters: Parameters,
  { language, allowUnknown = false, known = [] }: InjectOptions,
): string[] {
  const names = Object.keys(parameters);
  if (names.length === 0) {
    return [];
  }
  const strange = names.find((name) => !language.isName(name));
  if (strange !== undefined) {
    throw new ParameterError(`no variable can be called \`${strange}\` in the notebook's language`);
  }
  const declared = declaredParameters(notebook, language);
  const unknown = declared
    ? names.filter((name) => !known.includes(name) && !declared.some((entry) => entry.name === name))
    : [];
  if (unknown.length > 0 && !allowUnknown) {
    throw new ParameterError(unknownMessage(unknown, declared ?? []));
  }
  const statements = names.map((name) =>
    language.assign(
      name,
      parameters[name] ?? null,
      declared?.find((entry) => entry.name === name),
    ),
  );
  insert(notebook, [language.comment("Parameters"), ...statements].join("\n"));
  return unknown;
}

/** The declarations of the notebook's cell tagged `parameters`; undefined when nobody here can read its language. */
export function declaredParameters(notebook: Notebook, language: Language): DeclaredParameter[] | undefined {
  const cell = notebook.cells.find((cell) => hasTag(cell, declaringTag));
  if (!cell) {
    return [];
  }
  return language.declarations?.(joinLines(cell.source));
}

function insert(notebook: Notebook, source: string): void {
  const { cells } = notebook;
  const earlier = cells.findIndex((cell) => hasTag(cell, injectedTag));
  const declaring = cells.findIndex((cell) => hasTag(cell, declaringTag));
  const place = earlier >= 0 ? earlier : declaring + 1;
  const cell: CodeCell = {
    cell_type: "code",
    ...(hasIds(notebook) && { id: (earlier >= 0 && cells[earlier]?.id) || freeId(cells) }),
    metadata: { tags: [injectedTag] },
    source,
    execution_count: null,
    outputs: [],
  };
  cells.splice(place, earlier >= 0 ? 1 : 0, cell);
}

function hasTag(cell: Cell, tag: string): boolean {
  return isCodeCell(cell) && Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(tag);
}

/** nbformat knows cell ids since 4.5. */
function hasIds(notebook: Notebook): boolean {
  return notebook.nbformat_minor >= 5;
}

function freeId(cells: Cell[]): string {
  const taken = new Set(cells.map(({ id }) => id));
  for (let number = 1; ; number++) {
    const id = number === 1 ? injectedTag : `${injectedTag}-${number}`;
    if (!taken.has(id)) {
      return id;
    }
  }
}

function unknownMessage(unknown: string[], declared: DeclaredParameter[]): string {
  const known = declared.map(({ name }) => name).join(", ") || "none";
  const what = unknown.length === 1 ? `parameter ${unknown[0]}` : `parameters ${unknown.join(", ")}`;
  return `the notebook does not declare the ${what}; declared: ${known} (--allow-unknown passes it all the same)`;
}
