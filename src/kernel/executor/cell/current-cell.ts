import { AsyncLocalStorage } from "node:async_hooks";
import { OwnSet } from "../../shared/own-collections.js";
import { pinned } from "../../shared/pinned.js";

/** One execution of a cell. What it starts (timers, promises, workers) belongs to it, also after its end. */
export interface Cell {
  id: number;
  fileName: string;
  executionCount: number;
  silent: boolean;
  allowsStdin: boolean;
  /** Displays on their way, which the cell ends after. */
  displays: Set<Promise<void>>;
  /** Ends what it has started, while an interrupt would. */
  started: Set<() => unknown>;
  /** Ends the pipes that its child processes write to. */
  closePipes?: () => void;
  /** An interrupt has ended it: what is left of its code puts nothing out. */
  isInterrupted?: boolean;
  /** Ends the cell with an error while it runs; undefined afterwards. */
  fail?: (error: unknown) => void;
}

export function newCell(
  id: number,
  fileName: string,
  { executionCount, silent, allowsStdin }: Pick<Cell, "executionCount" | "silent" | "allowsStdin">,
): Cell {
  return {
    id,
    fileName,
    executionCount,
    silent,
    allowsStdin,
    displays: new OwnSet(),
    started: new OwnSet(),
  };
}

const storage = pinned(new AsyncLocalStorage<Cell>());
let newest: Cell | undefined;

/** The cell that caused the code that runs now, where that is known. */
export function causingCell(): Cell | undefined {
  return storage.getStore();
}

/** The cell that caused the code that runs now; the newest where that is unknown. */
export function currentCell(): Cell | undefined {
  return storage.getStore() ?? newest;
}

/** The cell that was started last. */
export function newestCell(): Cell | undefined {
  return newest;
}

/** Runs what a cell has left to be called later. */
export function runAs<T>(cell: Cell, body: () => T): T {
  return storage.run(cell, body);
}

export function runInCell<T>(cell: Cell, body: () => T): T {
  newest = cell;
  return storage.run(cell, body);
}
