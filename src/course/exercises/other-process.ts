import { type Exercise, notYet, passed } from "./exercise.js";
import { shown } from "./shown.js";

const expected = "the PID of a worker process";

export const otherProcess: Exercise = {
  notebook: "01-apply",
  hints: [
    "A function that says where it runs needs no parameters: it returns `currentProcess().pid`.",
    "Do not call the function yourself. Give it to `pool.apply`, which takes the function and the list of its arguments.",
    "`withPool(1, (pool) => pool.apply(whereAmI, []))` is a promise of the PID. What turns a promise into its value?",
  ],
  judge(answer) {
    if (answer === process.pid) {
      return notYet(
        expected,
        `${answer}, the PID of the main process`,
        "The function was called here. Hand it to `pool.apply`, without the parentheses of a call.",
      );
    }
    if (typeof answer === "number" && Number.isInteger(answer) && answer > 0) {
      return passed(`process ${answer} is not this one: the function ran in a worker`);
    }
    if (typeof answer === "function") {
      return notYet(expected, "a function", "Apply the function in a pool, and pass on what it returns.");
    }
    return notYet(expected, shown(answer), "Let the function return `currentProcess().pid`.");
  },
};
