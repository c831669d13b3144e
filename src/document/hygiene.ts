import { languageWord } from "./cells-language.js";
import { JsonEditor } from "./json/json-editor.js";
import { itemsOf, type JsonNode, memberOf } from "./json/json-tree.js";
import { isImage, plainText } from "./mime.js";
import { type Cell, isCodeCell, joinLines, type Notebook, type Output } from "./notebook.js";
import type { NotebookSource } from "./notebook-source.js";
import { recordOf } from "./record.js";
import type { Path } from "./schema/schema-checks.js";
import { placeOf, type SchemaProblem, schemaProblems } from "./schema/schema-problems.js";

/** Something in a notebook that readers or tools stumble over. */
export interface Finding {
  place: string;
  message: string;
  /** Puts it right; absent where only the author can. */
  mend?: (editor: JsonEditor) => void;
}

/** Times that programs note down while they run a cell. All other metadata belong to whoever has put them there. */
const timing =
  /^(ExecuteTime|executionInfo|execution\.(iopub|shell)\..+|papermill\.(duration|(start|end)_time))$/;

/** Everything that is not in order in the notebook, but for its links. */
export function findings(source: NotebookSource): Finding[] {
  const ids = new FreshIds(source.notebook);
  const schema = schemaProblems(JSON.parse(source.text.replace(/^\uFEFF/, "")));
  const { cells, metadata } = source.notebook;
  return [
    ...oldFormatFinding(source),
    ...schema.map((problem) => schemaFinding(problem, source, ids)),
    ...doubledIds(source, ids),
    ...timingMetadata(source, ["metadata"], metadata),
    ...cells.flatMap((cell, index) => timingMetadata(source, ["cells", index, "metadata"], cell.metadata)),
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
    remedy === "author" ||
    (key === "display_name" && typeof source.notebook.metadata.kernelspec?.name !== "string");
  if (!owner || remedy === undefined || isUnknown) {
    return finding;
  }
  if (remedy === "remove") {
    return isLeftover(path, source) ? { ...finding, mend: (editor) => editor.remove(owner, key) } : finding;
  }
  return { ...finding, mend: (editor) => editor.set(owner, key, remedyValue(path, source.notebook, ids)) };
}

/** Of a run or an older format, or nothing at all: what else somebody has put there is not for others to throw away. */
function isLeftover(path: Path, { text, tree }: NotebookSource): boolean {
  const node = nodeAt(tree, path);
  const isEmpty = node && /^(null|""|\[\s*\]|\{\s*\})$/.test(text.slice(node.start, node.end));
  return isEmpty || ["execution_count", "prompt", "prompt_number", "transient"].includes(String(path.at(-1)));
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

function timingMetadata({ tree }: NotebookSource, path: Path, metadata: object): Finding[] {
  return timingPaths(metadata).map((found) => {
    const place = [...path, ...found];
    const owner = nodeAt(tree, place.slice(0, -1));
    const key = found.at(-1) ?? "";
    return {
      place: placeOf(place),
      message: "the time of a run is nothing to keep",
      mend: (editor) => owner && editor.remove(owner, key),
    };
  });
}

/** The members, and members of members, that hold times; an object that holds nothing else goes as a whole. */
function timingPaths(metadata: object): string[][] {
  return Object.entries(metadata).flatMap(([key, value]): string[][] => {
    if (timing.test(key)) {
      return [[key]];
    }
    const members = Object.keys(recordOf(value));
    const found = members.filter((member) => timing.test(`${key}.${member}`));
    return found.length > 0 && found.length === members.length
      ? [[key]]
      : found.map((member) => [key, member]);
  });
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

function missingLanguage(notebook: Notebook): Finding[] {
  if (languageWord(notebook) !== undefined || !notebook.cells.some((cell: Cell) => isCodeCell(cell))) {
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
