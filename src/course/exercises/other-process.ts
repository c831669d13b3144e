import { isQuotedNumber, numberOf } from "../exercise/answers.js";
import { defineExercise } from "../exercise/define-exercise.js";
import { notYet, passed } from "../exercise/exercise.js";
import { shown } from "../exercise/shown.js";
import { solutionCode } from "./solution-code.js";

const expected = "the PID of the worker process in which your function ran";

export const otherProcess = defineExercise({
  name: "otherProcess",
  notebook: "01-apply",
  hints: [
    "A function that says where it runs needs no parameters: it returns `currentProcess().pid`.",
    "Do not call the function yourself. Give it to `pool.apply`, which takes the function and the list of its arguments.",
    "`withPool(1, (pool) => pool.apply(whereAmI, []))` is a promise of the PID. What turns a promise into its value?",
  ],
  judge(answer, { tasks }) {
    const pid = numberOf(answer);
    if (pid === process.pid) {
      return notYet(
        expected,
        `${pid}, the PID of the main process`,
        "The function was called here. Hand it to `pool.apply`, without the parentheses of a call.",
      );
    }
    if (typeof answer === "function") {
      return notYet(expected, "a function", "Apply the function in a pool, and pass on what it returns.");
    }
    if (pid === undefined) {
      const next = isQuotedNumber(answer)
        ? "Give the number itself, not a text of it."
        : "Let the function return `currentProcess().pid`.";
      return notYet(expected, shown(answer), next);
    }
    const used = [...new Set(tasks.map((task) => task.pid))].filter((used) => used !== undefined);
    if (used.includes(pid)) {
      return passed(`a worker with the PID ${pid} has run a task: your function, not here but there`);
    }
    return used.length === 0
      ? notYet(
          expected,
          `${pid}, but no worker has run anything since the cell of the exercise began`,
          "Apply the function in a pool, in that cell.",
        )
      : notYet(
          expected,
          `${pid}, but the tasks ran in ${used.join(", ")}`,
          "Let the function return `currentProcess().pid`, and give the check what `apply` brings back.",
        );
  },
  solution: solutionCode("otherProcess"),
  wrongAnswers: [
    { code: "const pid = 4711;", says: "no worker has run anything" },
    { code: "const pid = currentProcess().pid;", says: "the PID of the main process" },
    { code: "const pid = () => currentProcess().pid;", says: "Apply the function in a pool" },
    {
      code: "const pid = await withPool(1, (pool) => pool.apply(() => 17, []));",
      says: "but the tasks ran in",
    },
  ],
});
