import { type Cell, joinLines } from "../notebook.js";

/**
 * For each cell of a side the position of the cell of `base` that it was; undefined for a new one. Cells are known by their ids, else by
 * their text; one without id whose text has changed is known by its place between others.
 */
export function alignCells(base: Cell[], side: Cell[]): (number | undefined)[] {
  const aligned: (number | undefined)[] = side.map(() => undefined);
  const free = new Set(base.keys());
  const match = (keyOf: (cell: Cell) => string | undefined) => {
    for (const [position, cell] of side.entries()) {
      const key = keyOf(cell);
      const found = [...free].find((each) => key !== undefined && keyOf(base[each] ?? cell) === key);
      if (aligned[position] === undefined && found !== undefined) {
        aligned[position] = found;
        free.delete(found);
      }
    }
  };
  match(({ id }) => id);
  match(contentKey);
  matchBetween({ base, side, aligned, free }, sharesLine);
  matchBetween({ base, side, aligned, free }, () => true);
  return aligned;
}

export function contentKey({ cell_type, source }: Cell): string {
  return `${cell_type}:${joinLines(source)}`;
}

interface Alignment {
  base: Cell[];
  side: Cell[];
  aligned: (number | undefined)[];
  free: Set<number>;
}

/** Pairs cells of one kind that stand between the same neighbours, where one of the two has no id. */
function matchBetween({ base, side, aligned, free }: Alignment, isLike: (a: Cell, b: Cell) => boolean): void {
  let last = -1;
  for (const [position, cell] of side.entries()) {
    const known = aligned[position];
    if (known !== undefined) {
      last = known;
      continue;
    }
    const next = aligned.slice(position).find((each) => each !== undefined) ?? base.length;
    const found = [...free].find((each) => {
      const old = base[each];
      const isNear = each > last && each < next;
      const isNameless = cell.id === undefined || old?.id === undefined;
      return isNear && isNameless && old?.cell_type === cell.cell_type && isLike(old, cell);
    });
    if (found !== undefined) {
      aligned[position] = found;
      free.delete(found);
      last = found;
    }
  }
}

function sharesLine(a: Cell, b: Cell): boolean {
  const lines = joinLines(a.source)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const others = joinLines(b.source).split("\n");
  return lines.some((line) => others.includes(line));
}
