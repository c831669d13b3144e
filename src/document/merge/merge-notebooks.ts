import { cellName } from "../cell-name.js";
import type { Cell, Notebook } from "../notebook.js";
import { alignCells, contentKey } from "./align-cells.js";
import { restoreNumbers } from "./exact-numbers.js";
import { type CellVersions, mergeCell } from "./merge-cell.js";
import { mergeOrder } from "./merge-order.js";
import { mergeValues, type ValueConflict } from "./merge-values.js";

export interface NotebookMerge {
  notebook: Notebook;
  /** A sentence for each conflict, all of which are marked in the notebook. */
  conflicts: string[];
}

type Side = "base" | "ours" | "theirs";

/** Metadata that a run writes. */
const incidental = /^metadata\.(language_info|papermill|widgets|poolbook\.(status|input))(\.|$)/;

/**
 * Merges what two notebooks have changed since `base`, cell by cell, by their ids. Nothing that somebody wrote is lost: a source that both
 * have changed holds git's marks, other conflicts stand in a cell on top. A notebook that was run by both keeps the outputs of ours.
 */
export function mergeNotebooks(base: Notebook, ours: Notebook, theirs: Notebook): NotebookMerge {
  const versions = new Map<string, CellVersions>();
  const keys = {
    base: keysOf(
      "base",
      base.cells,
      base.cells.map((_, position) => position),
      versions,
    ),
    ours: keysOf("ours", ours.cells, alignCells(base.cells, ours.cells), versions),
    theirs: keysOf("theirs", theirs.cells, alignCells(base.cells, theirs.cells), versions),
  };
  const { order, isContested } = mergeOrder(keys.base, keys.ours, keys.theirs);
  const cells: Cell[] = [];
  const conflicts: string[] = [];
  const fields: ValueConflict[] = [];
  for (const key of order) {
    const { cell, hasConflict, conflicts: inner } = mergeCell(versions.get(key) ?? {});
    if (!cell) {
      continue;
    }
    cells.push(cell);
    const name = cellName(cells.length, cell.id);
    conflicts.push(...(hasConflict ? [`${name}: both have changed it`] : []));
    fields.push(...inner.map((each) => ({ ...each, path: `${name}: ${each.path}` })));
  }
  const notebook = { ...mergeFields(base, ours, theirs, fields), cells };
  if (isContested) {
    fields.push({ path: "the order of cells", ours: namesOf(ours), theirs: namesOf(theirs) });
  }
  conflicts.push(...fields.map(({ path }) => `${path}: both have changed it`));
  if (fields.length > 0) {
    notebook.cells.unshift(conflictCell(fields));
  }
  if (notebook.nbformat_minor >= 5) {
    nameCells(notebook.cells);
  }
  return { notebook, conflicts };
}

/** The keys of a side's cells, which are the same for the same cell; `versions` learns of the cells. */
function keysOf(
  side: Side,
  cells: Cell[],
  aligned: (number | undefined)[],
  versions: Map<string, CellVersions>,
): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, position) => {
    const old = aligned[position];
    const own = cell.id === undefined ? `text ${contentKey(cell)}` : `id ${cell.id}`;
    const count = (seen.get(own) ?? 0) + 1;
    seen.set(own, count);
    const key = JSON.stringify(old ?? [own, count]);
    versions.set(key, { ...versions.get(key), [side]: cell });
    return key;
  });
}

function mergeFields(base: Notebook, ours: Notebook, theirs: Notebook, conflicts: ValueConflict[]): Notebook {
  const [a, b] = [ours.nbformat_minor, theirs.nbformat_minor];
  const minor = a === base.nbformat_minor ? b : b === base.nbformat_minor ? a : Math.max(a, b);
  const own = (notebook: Notebook) => ({ ...notebook, cells: [], nbformat_minor: minor });
  const merged = mergeValues([own(base), own(ours), own(theirs)], "", {
    conflict: (conflict) => conflicts.push(conflict),
    isOurs: (path) => incidental.test(path),
  });
  return { ...ours, ...Object(merged) };
}

function namesOf({ cells }: Notebook): string[] {
  return cells.map(({ id }, position) => cellName(position + 1, id));
}

function conflictCell(fields: ValueConflict[]): Cell {
  const blocks = fields.map(({ path, ours, theirs }) => {
    const text = (value: unknown) =>
      value === undefined ? "(none)" : restoreNumbers(JSON.stringify(value, null, 1));
    return ["```", path, "<<<<<<< ours", text(ours), "=======", text(theirs), ">>>>>>> theirs", "```"].join(
      "\n",
    );
  });
  return {
    cell_type: "markdown",
    metadata: {},
    source: `**Conflicts of a merge.** The notebook has the values of ours. Delete this cell when they are right.\n\n${blocks.join("\n\n")}`,
  };
}

/** From nbformat 4.5 on each cell has an id of its own. */
function nameCells(cells: Cell[]): void {
  const taken = new Set(cells.map(({ id }) => id));
  for (const [index, cell] of cells.entries()) {
    let number = index + 1;
    while (cell.id === undefined && taken.has(`merged-${number}`)) {
      number += cells.length;
    }
    cell.id ??= `merged-${number}`;
    taken.add(cell.id);
  }
}
