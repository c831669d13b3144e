import type { DescribedExercise } from "../../course/checking/exercises-of.js";
import type { Cell, Notebook } from "../../document/notebook.js";

/** The print that a check owes at some place of a planted notebook. */
export interface Expectation {
  readonly exercise: string;
  /** Position of the cell with the check. */
  readonly index: number;
  readonly state: "starter" | "wrong answer" | "solution";
  /** Words for a wrong answer. */
  readonly says?: string;
  /** Counts the wrong answers from 1. */
  readonly number?: number;
}

export interface Planted {
  readonly notebook: Notebook;
  readonly expectations: readonly Expectation[];
  /** Positions of cells with answers that may fail. */
  readonly mayFail: ReadonlySet<number>;
}

/**
 * The notebook with every state of its exercises in it: behind each check stand the wrong answers, the solution, and the
 * starter once more, each with the check behind it. Cells that stand for the exercise's cell have its id.
 */
export function plant(notebook: Notebook, exercises: readonly DescribedExercise[]): Planted {
  const cells: Cell[] = [];
  const expectations: Expectation[] = [];
  const mayFail = new Set<number>();
  for (const cell of notebook.cells) {
    cells.push(structuredClone(cell));
    const exercise = exercises.find(({ name }) => cell.id === `${name}-check`);
    const starter = notebook.cells.find(({ id }) => id === `${exercise?.name}-exercise`);
    if (!exercise || !starter) {
      continue;
    }
    const { name } = exercise;
    expectations.push({ exercise: name, index: cells.length - 1, state: "starter" });
    exercise.wrongAnswers.forEach(({ code, says }, position) => {
      mayFail.add(cells.length);
      cells.push(answerCell(starter, code), structuredClone(cell));
      const index = cells.length - 1;
      expectations.push({ exercise: name, index, state: "wrong answer", says, number: position + 1 });
    });
    cells.push(answerCell(starter, exercise.solution), structuredClone(cell));
    expectations.push({ exercise: name, index: cells.length - 1, state: "solution" });
    cells.push(structuredClone(starter));
  }
  return { notebook: { ...notebook, cells }, expectations, mayFail };
}

function answerCell(starter: Cell, code: string): Cell {
  return { ...structuredClone(starter), source: code };
}
