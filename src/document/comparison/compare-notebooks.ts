import { type CodeCell, isCodeCell, joinLines, type Notebook } from "../notebook.js";
import { isStale } from "../outputs/stale.js";
import type { Difference, PartDifference } from "./difference.js";
import { notCompared } from "./not-compared.js";
import { compareOutputs } from "./outputs/compare-outputs.js";
import { cellRules } from "./rules/cell-rules.js";
import type { RuleLayer } from "./rules/check-rules.js";

/** The end of a cell that was run, where that was not well. */
export interface CellProblem {
  message: string;
  lines: string[];
}

export interface CompareOptions {
  /** Rules for every cell, the farthest first; the stored notebook's own metadata and tags are nearer. Default: none. */
  layers?: RuleLayer[];
  /** Cells that never ran in the stored notebook are not compared. Default: false. */
  ranOnly?: boolean;
  /** By position in the fresh notebook, the cells that failed or were not run. Default: none. */
  problems?: Map<number, CellProblem>;
  /** By position in the fresh notebook, the cells that were not meant to run, and are not compared. Default: none. */
  skipped?: Set<number>;
  /** By position in the fresh notebook, the cells before which it ended itself; fine where they never ran in the stored one. Default: none. */
  unreached?: Set<number>;
}

export interface CellComparison {
  stored?: CodeCell;
  fresh?: CodeCell;
  /** Position in the fresh notebook, or in the stored one where the cell is only there. */
  index: number;
  differences: Difference[];
  notes: string[];
}

/**
 * The differences in `fresh`, an executed notebook, from the outputs that `stored` holds; empty when nothing is that the
 * rules say matters. Execution counts, metadata, tracebacks and sources are not compared. Throws CheckSettingsError.
 */
export function compareNotebooks(
  stored: Notebook,
  fresh: Notebook,
  options: CompareOptions = {},
): Difference[] {
  return compareCells(stored, fresh, options).flatMap(({ differences }) => differences);
}

/** The same cell by cell, equal ones too. */
export function compareCells(
  stored: Notebook,
  fresh: Notebook,
  options: CompareOptions = {},
): CellComparison[] {
  const { layers = [], ranOnly = false, problems = new Map(), skipped = new Set() } = options;
  const { unreached = new Set() } = options;
  return pairCells(codeCells(stored), codeCells(fresh)).map(({ stored: old, fresh: now }) => {
    const index = now?.index ?? old?.index ?? 0;
    const cell = now?.cell ?? old?.cell;
    const compare = (): { differences: PartDifference[]; notes: string[] } => {
      if (!now) {
        return onlyInOne("missing-cell", "the cell is only in the stored notebook");
      }
      if (!old) {
        return onlyInOne("extra-cell", "the cell is not in the stored notebook");
      }
      const { rules } = cellRules(stored, old.cell, layers);
      const problem = problems.get(now.index);
      if (skipped.has(now.index)) {
        return { differences: [], notes: [] };
      }
      if (unreached.has(now.index) && isStale(old.cell)) {
        return { differences: [], notes: [notCompared.neverRun] };
      }
      if (!problem && ranOnly && isStale(old.cell) && !isBlank(old.cell)) {
        return { differences: [], notes: [notCompared.neverRun] };
      }
      return problem ? failed(problem) : compareOutputs(old.cell.outputs, now.cell.outputs, rules);
    };
    const { differences, notes } = compare();
    const named = differences.map((difference) => ({ index, id: cell?.id, ...difference }));
    return { stored: old?.cell, fresh: now?.cell, index, differences: named, notes };
  });
}

function isBlank(cell: CodeCell): boolean {
  return joinLines(cell.source).trim() === "";
}

interface Place {
  index: number;
  cell: CodeCell;
}

/** The code cells but those that a run with parameters has put in. */
function codeCells(notebook: Notebook): Place[] {
  return [...notebook.cells.entries()].flatMap(([index, cell]) =>
    isCodeCell(cell) && !cell.metadata.tags?.includes("injected-parameters") ? { index, cell } : [],
  );
}

/** Cells belong together by id; where one has none, or the notebooks have no id in common, by position among the code cells. */
function pairCells(stored: Place[], fresh: Place[]): { stored?: Place; fresh?: Place }[] {
  const waiting = new Map<string | undefined, Place[]>();
  for (const place of fresh) {
    waiting.set(place.cell.id, [...(waiting.get(place.cell.id) ?? []), place]);
  }
  const hasCommonIds = stored.some(({ cell }) => cell.id !== undefined && waiting.has(cell.id));
  const taken = new Set<Place>();
  const pairs = stored.map((old, position) => {
    const there = fresh[position];
    const goesByPosition = !hasCommonIds || old.cell.id === undefined;
    const now = goesByPosition ? there : waiting.get(old.cell.id)?.shift();
    if (!now || taken.has(now)) {
      return { stored: old };
    }
    taken.add(now);
    return { stored: old, fresh: now };
  });
  return [...pairs, ...fresh.filter((place) => !taken.has(place)).map((place) => ({ fresh: place }))];
}

function onlyInOne(
  kind: Difference["kind"],
  message: string,
): { differences: PartDifference[]; notes: string[] } {
  return { differences: [{ kind, part: "cell", message, lines: [] }], notes: [] };
}

function failed({ message, lines }: CellProblem): { differences: PartDifference[]; notes: string[] } {
  const shown = lines.map((text) => ({ mark: " " as const, text }));
  return { differences: [{ kind: "status", part: "cell", message, lines: shown }], notes: [] };
}
