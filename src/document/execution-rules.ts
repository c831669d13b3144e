import { type Cell, isCodeCell, joinLines, type Notebook } from "./notebook.js";

/** Whether a cell is run, and what must come of it: tags that nbclient and papermill know too. */
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

/** What a notebook says in `metadata.execution`, as nbclient and nbmake read it. */
export interface ExecutionRules {
  /** Seconds a cell may take. */
  timeout?: number;
  allowErrors: boolean;
}

export function executionRules({ metadata }: Notebook): ExecutionRules {
  const { timeout, allow_errors } = (metadata.execution ?? {}) as {
    timeout?: unknown;
    allow_errors?: unknown;
  };
  return {
    ...(typeof timeout === "number" && timeout > 0 && { timeout }),
    allowErrors: allow_errors === true,
  };
}
