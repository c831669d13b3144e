import { type Cell, isCodeCell, joinLines, type Notebook } from "./notebook.js";
import { recordOf } from "./record.js";

/** Rules for running one cell, by tags that nbclient and papermill know too. */
export interface CellRule {
  isSkipped: boolean;
  mustRaise: boolean;
}

export function cellRule(cell: Cell): CellRule {
  const tags = Array.isArray(cell.metadata.tags) ? cell.metadata.tags : [];
  return {
    isSkipped: !isCodeCell(cell) || joinLines(cell.source).trim() === "" || tags.includes("skip-execution"),
    mustRaise: tags.includes("raises-exception"),
  };
}

/** Rules for running a notebook, by its metadata: `execution`, as nbclient and nbmake read it, and `poolbook`. */
export interface ExecutionRules {
  /** Seconds a cell may take; infinite where the notebook says that there is no limit: 0, or -1, or null, as nbclient has it. */
  timeout?: number;
  allowErrors: boolean;
  /** The notebook asks to be run while no other is, by `poolbook.serial`. */
  isSerial: boolean;
}

export function executionRules({ metadata }: Notebook): ExecutionRules {
  const { timeout, allow_errors } = recordOf(metadata.execution);
  return {
    ...((typeof timeout === "number" || timeout === null) && { timeout: limitOf(timeout) }),
    allowErrors: allow_errors === true,
    isSerial: recordOf(metadata.poolbook).serial === true,
  };
}

function limitOf(timeout: number | null): number {
  return timeout !== null && timeout > 0 ? timeout : Number.POSITIVE_INFINITY;
}

/** The strictness that a notebook asks for, by `poolbook.compilerOptions` in its metadata; undefined when it says nothing. */
export function compilerOptions({
  metadata,
}: Pick<Notebook, "metadata">): Record<string, boolean> | undefined {
  const options = Object.entries(recordOf(recordOf(metadata.poolbook).compilerOptions));
  const switches = options.filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean");
  return switches.length > 0 ? Object.fromEntries(switches) : undefined;
}
