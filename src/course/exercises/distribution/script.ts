import { existsSync } from "node:fs";
import path from "node:path";
import { defineExercise } from "../../exercise/define-exercise.js";
import { notYet, passed, type Verdict } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";
import { runWitnessed, type WitnessedRun } from "./run-witnessed.js";

const expected = "a program that makes a pool of as many workers as its argument says";

export const script = defineExercise({
  name: "script",
  notebook: "04-exercise",
  hints: [
    "`process.argv` is the list of what stands on the command line: Node, your file, and then the arguments. The first argument is `process.argv[2]`, a text.",
    "`Number(process.argv[2])` is the number of workers, or `NaN` if it was none. `Number.isInteger` tells; `process.exit(2)` ends a program that was called wrongly.",
    '`import { sleep, withPool } from "poolbook";` and then what you know: `await withPool(workers, async (pool) => { … })`.',
  ],
  judge(answer) {
    if (typeof answer !== "string" || answer === "") {
      return notYet(expected, shown(answer), 'Give the name of your file, such as "workers.mjs".');
    }
    const file = path.resolve(answer);
    if (!existsSync(file)) {
      return notYet(
        expected,
        `no file ${file}`,
        "Save the file beside this notebook, and write its name exactly.",
      );
    }
    if (/\.[cm]?ts$/.test(file) && !("typescript" in process.features && process.features.typescript)) {
      return notYet(
        expected,
        "a TypeScript file",
        "This Node runs JavaScript only: end its name with `.mjs`.",
      );
    }
    return judgeFile(file);
  },
  solution: solutionCode("script"),
  wrongAnswers: [
    { code: 'const scriptFile = "no-such-file.mjs";', says: "Save the file beside this notebook" },
    { code: "const scriptFile = 3;", says: "Give the name of your file" },
  ],
});

async function judgeFile(file: string): Promise<Verdict> {
  const [two, three, wrong] = await Promise.all(
    ["2", "3", "many"].map((argument) => runWitnessed(file, argument)),
  );
  const name = path.basename(file);
  for (const [run, workers] of [[two, 2] as const, [three, 3] as const]) {
    const fault = run && faultOf(run, workers, `node ${name} ${workers}`);
    if (fault) {
      return fault;
    }
  }
  if (wrong?.code === 0) {
    return notYet(
      `\`node ${name} many\` to fail with a word of explanation`,
      "exit code 0",
      "Check the argument before you use it.",
    );
  }
  return passed("with 2 it made two workers, with 3 three, and it refused what is no number");
}

function faultOf({ code, stderr, pools, tasks }: WitnessedRun, workers: number, command: string) {
  if (code === null) {
    return notYet(
      `\`${command}\` to end`,
      "it was still running after 20 seconds",
      "Take `withPool`, or `close` and `join`.",
    );
  }
  if (code !== 0) {
    const [line = "nothing on stderr"] = stderr
      .split("\n")
      .filter((line) => /\w+:? /.test(line))
      .slice(-1);
    return notYet(
      `\`${command}\` to work`,
      `exit code ${code}: ${line.trim()}`,
      "Run it in a terminal first.",
    );
  }
  if (pools.length === 0) {
    return notYet(`\`${command}\` to make a pool`, "no pool", "Call `withPool` in the program.");
  }
  if (!pools.includes(workers)) {
    return notYet(
      `\`${command}\` to make a pool of ${workers}`,
      `a pool of ${pools.join(", ")}`,
      "Take the number from `process.argv[2]`.",
    );
  }
  return tasks === 0
    ? notYet(`\`${command}\` to run tasks`, "a pool without tasks", "Submit calls, and `get` their results.")
    : undefined;
}
