import { isDeepStrictEqual } from "node:util";
import { type Cell, isCodeCell, joinLines } from "../notebook.js";
import { marked, mergeSource } from "./merge-source.js";
import { mergeValues, type ValueConflict } from "./merge-values.js";

/** One cell at the three places; absent where it does not exist. */
export interface CellVersions {
  base?: Cell;
  ours?: Cell;
  theirs?: Cell;
}

export interface MergedCell {
  /** Absent when it is deleted. */
  cell?: Cell;
  /** The source holds marks. */
  hasConflict: boolean;
  /** Other fields that both sides have changed. */
  conflicts: ValueConflict[];
}

/** Metadata that tools write when a cell runs or is looked at. */
const incidental = /^metadata\.(execution|papermill|ExecuteTime|collapsed|scrolled)(\.|$)/;

/** Merges one cell. Outputs are those of the side whose source the cell has; a source that is of neither side has none. */
export function mergeCell({ base, ours, theirs }: CellVersions): MergedCell {
  if (ours && theirs) {
    return mergeBoth(base, ours, theirs);
  }
  const left = ours ?? theirs;
  if (!left || !base) {
    return { cell: left, hasConflict: false, conflicts: [] };
  }
  if (isSame(base, left)) {
    return { hasConflict: false, conflicts: [] };
  }
  const text = joinLines(left.source).split("\n");
  const source = ours
    ? marked(text, [], ["ours", "theirs (deleted)"])
    : marked([], text, ["ours (deleted)", "theirs"]);
  return { cell: { ...left, source: source.join("\n") }, hasConflict: true, conflicts: [] };
}

function mergeBoth(base: Cell | undefined, ours: Cell, theirs: Cell): MergedCell {
  const conflicts: ValueConflict[] = [];
  const [before, mine, yours] = [base, ours, theirs].map((cell) => joinLines(cell?.source ?? ""));
  const { text, hasConflict } = mergeSource(before ?? "", mine ?? "", yours ?? "");
  const rules = {
    conflict: (conflict: ValueConflict) => conflicts.push(conflict),
    isOurs: (path: string) => path === "id" || incidental.test(path),
  };
  const merged = mergeValues([rest(base), rest(ours), rest(theirs)], "", rules);
  const cell: Cell = { ...ours, ...Object(merged), source: text };
  for (const name of Object.keys(ours).filter((key) => !(key in Object(merged)) && key !== "source")) {
    delete cell[name];
  }
  if (cell.cell_type === "code") {
    Object.assign(cell, outputsFor(text, { base, ours, theirs }));
  }
  return { cell, hasConflict, conflicts };
}

function rest(cell: Cell | undefined): Record<string, unknown> {
  const own = ["source", "outputs", "execution_count"];
  return Object.fromEntries(Object.entries(cell ?? {}).filter(([key]) => !own.includes(key)));
}

function outputsFor(
  text: string,
  { base, ours, theirs }: CellVersions,
): Pick<Cell, "outputs" | "execution_count"> {
  const sides = [ours, theirs].filter(
    (cell) => cell !== undefined && isCodeCell(cell) && joinLines(cell.source) === text,
  );
  // Of two that ran the same source, the one that ran it since.
  const chosen = sides.find((cell) => !isDeepStrictEqual(cell?.outputs, base?.outputs)) ?? sides[0];
  return { outputs: chosen?.outputs ?? [], execution_count: chosen?.execution_count ?? null };
}

/** The same but for what running it, and looking at it, leaves. */
function isSame(a: Cell, b: Cell): boolean {
  const own = (cell: Cell) => {
    const metadata = Object.entries(cell.metadata).filter(([key]) => !incidental.test(`metadata.${key}`));
    return { ...rest(cell), id: "", source: joinLines(cell.source), metadata: Object.fromEntries(metadata) };
  };
  return isDeepStrictEqual(own(a), own(b));
}
