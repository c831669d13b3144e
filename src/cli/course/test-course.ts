import path from "node:path";
import { type Problem, readChapters } from "../../courseware/chapter.js";
import { houseRuleProblems } from "../../courseware/house-rules/house-rules.js";
import { testChapter } from "../../courseware/tester/test-chapter.js";
import { ExitCode } from "../exit-code.js";
import { UsageError } from "../options/usage-error.js";

/**
 * `poolbook course test`: runs every chapter of a folder with every state of its exercises, and looks whether it keeps the rules of
 * the house. Prints a line for each exercise and each problem. Resolves with the exit code.
 */
export async function testCourse(folder: string): Promise<number> {
  const chapters = readChapters(folder);
  if (chapters.length === 0) {
    throw new UsageError(`no notebooks in ${folder}`);
  }
  const broken = houseRuleProblems(chapters);
  let count = broken.length;
  for (const chapter of chapters) {
    console.log(path.relative(process.cwd(), chapter.file) || chapter.file);
    const { exercises, problems } = await testChapter(chapter);
    const all = [...broken.filter(({ file }) => file === chapter.file), ...problems];
    count += problems.length;
    for (const { name, wrongAnswers } of exercises) {
      if (!all.some(({ cell }) => cell?.startsWith(`${name}-`))) {
        const answers = `${wrongAnswers.length} wrong answer${wrongAnswers.length === 1 ? "" : "s"}`;
        console.log(
          `  ✓ ${name}: not attempted at first, ${answers} with their words, and the solution passes`,
        );
      }
    }
    for (const problem of all) {
      console.log(`  ✗ ${describe(problem)}`);
    }
  }
  console.log(count === 0 ? "All is well" : `${count} problem${count === 1 ? "" : "s"}`);
  return count === 0 ? ExitCode.clean : ExitCode.failed;
}

function describe({ cell, message }: Problem): string {
  return cell === undefined ? message : `cell ${cell}: ${message.split("\n").join("\n      ")}`;
}
