import path from "node:path";
import type { DescribedExercise } from "../../course/checking/exercises-of.js";
import { isCodeCell, joinLines, type Notebook } from "../../document/notebook.js";
import { runNotebook } from "../../runner/index.js";
import { type Chapter, sourceOf } from "../chapter.js";

/** Thrown when the exercises of a chapter cannot be found out. */
export class ChapterError extends Error {
  override name = "ChapterError";
}

/**
 * The exercises that a chapter's kernel knows when it has imported what the notebook imports: those of the course, and those
 * of the teacher's own modules. Throws a ChapterError if the modules cannot be imported.
 */
export async function exercisesOfChapter({ file, name, notebook }: Chapter): Promise<DescribedExercise[]> {
  const modules = ["poolbook", ...localImports(notebook)].map(
    (module) => `import ${JSON.stringify(module)};`,
  );
  const question = [
    ...modules,
    'import { exercisesOf } from "poolbook/course";',
    `console.log(JSON.stringify(exercisesOf(${JSON.stringify(name)})));`,
  ];
  const asked: Notebook = {
    ...notebook,
    cells: [{ cell_type: "code", id: "exercises", metadata: {}, source: question.join("\n"), outputs: [] }],
  };
  const { cells } = await runNotebook(asked, { cwd: path.dirname(path.resolve(file)) });
  const error = cells[0]?.error;
  if (error && /Cannot find (?:module|package)[^']*'poolbook(?:\/course)?'/.test(error.evalue)) {
    throw new ChapterError(
      `${file}: its exercises could not be loaded, as poolbook is not installed beside it; install it there with: npm install poolbook`,
    );
  }
  if (error) {
    throw new ChapterError(`${file}: its exercises could not be loaded: ${error.ename}: ${error.evalue}`);
  }
  return JSON.parse(printed(asked)) as DescribedExercise[];
}

function localImports({ cells }: Notebook): string[] {
  const code = cells.filter(isCodeCell).map(sourceOf).join("\n");
  return [...code.matchAll(/\b(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g)].map(
    ([, module = ""]) => module,
  );
}

function printed({ cells }: Notebook): string {
  return cells
    .filter(isCodeCell)
    .flatMap(({ outputs }) => outputs)
    .map((output) => (output.output_type === "stream" ? joinLines(output.text) : ""))
    .join("");
}
