import type { CellCheck, NotebookCheck } from "#dist/checker/notebook-check.js";

/** A result of `poolbook check`, in which all is well but for what is given. */
export function checkOf(cells: Partial<CellCheck>[], check: Partial<NotebookCheck> = {}): NotebookCheck {
  return {
    path: "notebooks/a.ipynb",
    status: "equal",
    duration: 1500,
    attempts: 1,
    isFlaky: false,
    updated: [],
    cells: cells.map((cell, index) => ({
      number: index + 1,
      id: `cell-${index + 1}`,
      source: "f()",
      status: "equal",
      duration: 20,
      differences: [],
      notes: [],
      ...cell,
    })),
    ...check,
  };
}

/** A cell whose stdout was `stored` and is `fresh`. */
export function differentCell(stored: string, fresh: string): Partial<CellCheck> {
  const lines = [
    { mark: "-" as const, text: stored },
    { mark: "+" as const, text: fresh },
  ];
  const difference = {
    index: 0,
    id: "cell-1",
    kind: "changed" as const,
    part: "stdout",
    message: "stdout differs",
    lines,
  };
  return { status: "different", differences: [difference] };
}
