import { JsonEditor } from "./json/json-editor.js";
import { itemsOf, type JsonNode, memberOf } from "./json/json-tree.js";
import { isImage, plainText } from "./mime.js";
import { type Cell, isCodeCell, joinLines, type Notebook, type Output } from "./notebook.js";
import type { NotebookSource } from "./notebook-source.js";
import type { Path } from "./schema/schema-checks.js";
import { placeOf, type SchemaProblem, schemaProblems } from "./schema/schema-problems.js";

/** Something in a notebook that readers or tools stumble over. */
export interface Finding {
  place: string;
  message: string;
  /** Puts it right; absent where only the author can. */
  mend?: (editor: JsonEditor) => void;
}

const notebookMetadata = ["kernelspec", "language_info", "execution", "poolbook", "widgets"];
const cellMetadata = ["tags", "poolbook"];

/** Everything that is not in order in the notebook, but for its links. */
export function findings(source: NotebookSource): Finding[] {
  const ids = new FreshIds(source.notebook);
  const schema = schemaProblems(JSON.parse(source.text.replace(/^\uFEFF/, "")));
  const { cells, metadata } = source.notebook;
  return [
    ...oldFormatFinding(source),
    ...schema.map((problem) => schemaFinding(problem, source, ids)),
    ...doubledIds(source, ids),
    ...foreignMetadata(source, ["metadata"], metadata, notebookMetadata),
    ...cells.flatMap((cell, index) =>
      foreignMetadata(source, ["cells", index, "metadata"], cell.metadata, cellMetadata),
    ),
    ...cells.flatMap((cell, index) => (isCodeCell(cell) ? muteOutputs(cell.outputs, index) : [])),
    ...cells.flatMap(mergeMarks),
    ...missingLanguage(source.notebook),
  ];
}

/** The text with everything mended that can be, and every other byte as it was. */
export function mend(source: NotebookSource, found: Finding[]): string {
  const editor = new JsonEditor(source.text, source.tree);
  for (const finding of found) {
    finding.mend?.(editor);
  }
  return editor.text;
}

/** The text of the source is upgraded already. */
function oldFormatFinding({ upgradedFrom }: NotebookSource): Finding[] {
  const message = `nbformat ${upgradedFrom} is upgraded to 4`;
  return upgradedFrom === undefined ? [] : [{ place: "nbformat", message, mend: () => {} }];
}

function schemaFinding(
  { path, message, remedy }: SchemaProblem,
  source: NotebookSource,
  ids: FreshIds,
): Finding {
  const key = String(path.at(-1));
  const owner = nodeAt(source.tree, path.slice(0, -1));
  const finding = { place: placeOf(path), message };
  const isUnknown =
    remedy === "author" || (key === "display_name" && !source.notebook.metadata.kernelspec?.name);
  if (!owner || remedy === undefined || isUnknown) {
    return finding;
  }
  if (remedy === "remove") {
    return { ...finding, mend: (editor) => editor.remove(owner, key) };
  }
  return { ...finding, mend: (editor) => editor.set(owner, key, remedyValue(path, source.notebook, ids)) };
}

/** The value that belongs at `path`. */
function remedyValue(path: Path, { cells, metadata }: Notebook, ids: FreshIds): unknown {
  const cell = typeof path[1] === "number" ? cells[path[1]] : undefined;
  const values: Record<string, () => unknown> = {
    id: () => ids.next(Number(path[1])),
    metadata: () => ({}),
    outputs: () => [],
    execution_count: () => null,
    nbformat_minor: () => 5,
    display_name: () => metadata.kernelspec?.name,
    tags: () => [...new Set(cell?.metadata.tags)],
  };
  return values[String(path.at(-1))]?.();
}

function doubledIds({ notebook, tree }: NotebookSource, ids: FreshIds): Finding[] {
  const seen = new Set<string>();
  return notebook.cells.flatMap(({ id }, index): Finding[] => {
    const isDoubled = id !== undefined && seen.has(id);
    if (id !== undefined) {
      seen.add(id);
    }
    const cell = nodeAt(tree, ["cells", index]);
    if (!isDoubled || !cell) {
      return [];
    }
    return [
      {
        place: `cells[${index}].id`,
        message: `another cell has the id "${id}"`,
        mend: (editor) => editor.set(cell, "id", ids.next(index)),
      },
    ];
  });
}

function foreignMetadata(
  { tree }: NotebookSource,
  path: Path,
  metadata: object,
  allowed: string[],
): Finding[] {
  const node = nodeAt(tree, path);
  const foreign = Object.keys(metadata).filter((key) => !allowed.includes(key));
  return foreign.map((key) => ({
    place: placeOf([...path, key]),
    message: `only ${allowed.join(", ")} belong here`,
    mend: (editor) => node && editor.remove(node, key),
  }));
}

/** Pictures without words: where pictures are not shown, nothing is. */
function muteOutputs(outputs: Output[], cell: number): Finding[] {
  return outputs.flatMap((output, index): Finding[] => {
    if (!("data" in output)) {
      return [];
    }
    const pictures = Object.keys(output.data).filter(isImage);
    const text = [output.data[plainText] ?? ""].flat().join("").trim();
    if (pictures.length === 0 || text !== "") {
      return [];
    }
    const place = placeOf(["cells", cell, "outputs", index, "data"]);
    return [{ place, message: `${pictures.join(", ")} has no ${plainText} beside it` }];
  });
}

/** Marks of `poolbook merge`, or of git. */
function mergeMarks({ source }: Cell, index: number): Finding[] {
  return /^<{7} [\s\S]*^={7}$[\s\S]*^>{7} /m.test(joinLines(source))
    ? [{ place: `cells[${index}].source`, message: "it holds a conflict of a merge" }]
    : [];
}

function missingLanguage({ cells, metadata }: Notebook): Finding[] {
  const language = metadata.language_info?.name ?? metadata.kernelspec?.language;
  if (language || !cells.some((cell: Cell) => isCodeCell(cell))) {
    return [];
  }
  return [{ place: "metadata.kernelspec.language", message: "nothing says in which language the cells are" }];
}

function nodeAt(tree: JsonNode, path: Path): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>(
    (node, key) => (typeof key === "number" ? itemsOf(node)[key] : memberOf(node, key)?.value),
    tree,
  );
}

/** Names such as `cell-3` for cells that need one. */
class FreshIds {
  #taken: Set<string>;

  constructor({ cells }: Notebook) {
    this.#taken = new Set(cells.flatMap(({ id }) => id ?? []));
  }

  next(index: number): string {
    let id = `cell-${index + 1}`;
    for (let number = 2; this.#taken.has(id); number++) {
      id = `cell-${index + 1}-${number}`;
    }
    this.#taken.add(id);
    return id;
  }
}
