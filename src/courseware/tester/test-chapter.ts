import path from "node:path";
import type { DescribedExercise } from "../../course/checking/exercises-of.js";
import { isCodeCell, joinLines, type Notebook } from "../../document/notebook.js";
import { type NotebookResult, runNotebook } from "../../runner/index.js";
import { type Chapter, type Problem, placeOf } from "../chapter.js";
import { exercisesOfChapter } from "./known-exercises.js";
import { type Expectation, type Planted, plant } from "./plant.js";

/** The result of a chapter in which every state of every exercise was run. */
export interface ChapterReport {
  readonly chapter: Chapter;
  readonly exercises: readonly DescribedExercise[];
  readonly problems: readonly Problem[];
  /** The run of the notebook with the answers planted in it. */
  readonly result: NotebookResult;
}

/**
 * Runs a chapter, with every planted answer of every exercise: the starter is not attempted, each wrong answer gets the words
 * meant for it, the solution passes, and no other cell fails or says a word on stderr. Throws a ChapterError, and what
 * `runNotebook` throws.
 */
export async function testChapter(chapter: Chapter): Promise<ChapterReport> {
  const exercises = await exercisesOfChapter(chapter);
  const planted = plant(structuredClone(chapter.notebook), exercises);
  const cwd = path.dirname(path.resolve(chapter.file));
  const result = await runNotebook(planted.notebook, { cwd, allowErrors: true });
  const problems = [
    ...missingCells(chapter, exercises),
    ...unknownExercises(chapter, exercises),
    ...cellProblems(chapter, planted, result),
    ...planted.expectations.flatMap((expectation) => stateProblems(chapter, planted.notebook, expectation)),
  ];
  return { chapter, exercises, problems, result };
}

function missingCells({ file, notebook }: Chapter, exercises: readonly DescribedExercise[]): Problem[] {
  return exercises.flatMap(({ name }) =>
    ["exercise", "check"]
      .map((part) => `${name}-${part}`)
      .filter((id) => !notebook.cells.some((cell) => cell.id === id))
      .map((id) => ({ file, message: `The exercise ${name} has no cell \`${id}\`` })),
  );
}

function unknownExercises({ file, notebook }: Chapter, exercises: readonly DescribedExercise[]): Problem[] {
  return notebook.cells.flatMap(({ id }) => {
    const name = id?.endsWith("-exercise") ? id.slice(0, -"-exercise".length) : undefined;
    return name === undefined || exercises.some((exercise) => exercise.name === name)
      ? []
      : [{ file, cell: id, message: `Nothing the notebook imports defines the exercise ${name}` }];
  });
}

function cellProblems(
  { file }: Chapter,
  { notebook, mayFail }: Planted,
  { cells }: NotebookResult,
): Problem[] {
  return cells.flatMap(({ index, status, error }) => {
    const cell = notebook.cells[index];
    if (!cell || mayFail.has(index)) {
      return [];
    }
    const place = placeOf(cell, index);
    const problems: Problem[] = [];
    if (status !== "ok" && status !== "skipped") {
      const reason = error ? `${error.ename}: ${error.evalue}` : status;
      problems.push({ file, cell: place, message: `The cell did not run to its end: ${reason}` });
    }
    const complaint = textOf(notebook, index, "stderr").trim();
    if (complaint !== "") {
      problems.push({ file, cell: place, message: `The cell wrote to stderr: ${complaint.slice(0, 200)}` });
    }
    return problems;
  });
}

function stateProblems({ file }: Chapter, notebook: Notebook, expectation: Expectation): Problem[] {
  const { exercise, index, state, says = "", number } = expectation;
  const text = textOf(notebook, index, "stdout").trim();
  const title = text.split("\n")[0] ?? "";
  const problem = (message: string): Problem[] => [
    { file, cell: `${exercise}-check`, message: `${message}, but the check said: ${text || "nothing"}` },
  ];
  switch (state) {
    case "starter":
      return title === `○ ${exercise}: not attempted`
        ? []
        : problem("As it stands, the exercise should count as not attempted");
    case "solution":
      return title.startsWith(`✓ ${exercise}: passed`) ? [] : problem("The solution should pass");
    case "wrong answer":
      return !title.startsWith("✓") && text.includes(says)
        ? []
        : problem(`Wrong answer ${number} should be told "${says}"`);
  }
}

function textOf(notebook: Notebook, index: number, stream: "stdout" | "stderr"): string {
  const cell = notebook.cells[index];
  return cell && isCodeCell(cell)
    ? cell.outputs
        .map((output) =>
          output.output_type === "stream" && output.name === stream ? joinLines(output.text) : "",
        )
        .join("")
    : "";
}
