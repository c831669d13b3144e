import path from "node:path";
import type { DescribedExercise } from "../../course/checking/exercises-of.js";
import { decodeText } from "../../document/decode-text.js";
import { formatNotebook } from "../../document/format-notebook.js";
import { type Cell, isNotebookFile, type Notebook, splitLines } from "../../document/notebook.js";
import { saveFile } from "../../runner/files/replace-file.js";
import { readChapter } from "../chapter.js";
import { exercisesOfChapter } from "../tester/known-exercises.js";
import { withoutOutputs } from "../working-copy/course-files.js";
import { studentModule } from "./student-module.js";
import { writeVersion } from "./write-version.js";

/** nbgrader knows no stub for TypeScript by itself. */
const config = `c = get_config()
c.ClearSolutions.code_stub = {"typescript": "// Your code goes here.", "python": "# YOUR CODE HERE\\nraise NotImplementedError()"}
`;

/**
 * Writes the course as an assignment's source for nbgrader, into an empty folder, with a file nbgrader_config.py for the folder
 * of the course. The cell of each exercise stands behind its starter, which declares what the check needs, and holds the solution between `BEGIN SOLUTION` and `END SOLUTION`, and no module does; behind each check
 * stands a cell that fails unless the exercise has passed, and gives a point. Gives the paths of its files. Throws a VersionError
 * if `target` is not empty, and a ChapterError if the exercises cannot be loaded.
 */
export async function exportForNbgrader(source: string, target: string): Promise<string[]> {
  const files = await writeVersion(source, target, async (file, bytes) => {
    if (file.split(path.sep)[0] === "solutions") {
      return undefined;
    }
    if (!isNotebookFile(file)) {
      return /\.[cm]?ts$/.test(file) ? studentModule(decodeText(bytes)) : bytes;
    }
    const chapter = readChapter(path.join(source, file));
    return formatNotebook(marked(chapter.notebook, await exercisesOfChapter(chapter)));
  });
  await saveFile(path.join(target, "nbgrader_config.py"), config);
  return [...files, "nbgrader_config.py"];
}

function marked(notebook: Notebook, exercises: readonly DescribedExercise[]): Notebook {
  const cells = notebook.cells.flatMap((cell) => {
    const exercise = exercises.find(({ name }) => cell.id === `${name}-exercise`);
    if (exercise) {
      const source = `// BEGIN SOLUTION\n${exercise.solution}\n// END SOLUTION`;
      const starter = { ...cell, id: `${exercise.name}-starter`, metadata: {} };
      return [
        mark(starter, { locked: true }),
        mark({ ...cell, source: splitLines(source) }, { solution: true }),
      ];
    }
    const checked = exercises.find(({ name }) => cell.id === `${name}-check`);
    return checked
      ? [
          mark(cell, { locked: true }),
          mark(gradeCell(checked.name), { grade: true, locked: true, points: 1 }),
        ]
      : [cell];
  });
  return withoutOutputs({ ...notebook, cells });
}

function gradeCell(name: string): Cell {
  const source = splitLines(
    `import { assertPassed } from "poolbook/course";\nassertPassed(${JSON.stringify(name)});`,
  );
  return {
    cell_type: "code",
    execution_count: null,
    id: `${name}-grade`,
    metadata: {},
    outputs: [],
    source,
  };
}

function mark(cell: Cell, marks: object): Cell {
  const nbgrader = {
    grade: false,
    grade_id: cell.id,
    locked: false,
    schema_version: 3,
    solution: false,
    task: false,
    ...marks,
  };
  return { ...cell, metadata: { ...cell.metadata, nbgrader } };
}
