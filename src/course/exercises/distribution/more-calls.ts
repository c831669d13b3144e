import type { TaskRecord } from "../../../pool/task-record.js";
import { defineExercise } from "../../exercise/define-exercise.js";
import { notAttempted, notYet, passed } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";

const given = new Set(["slowSum", "slowDiff", "brokenFunction"]);
const least = 3;
const expected = `the records of at least ${least} calls, one of them of a function of your own`;

export const moreCalls = defineExercise({
  name: "moreCalls",
  notebook: "04-exercise",
  hints: [
    "A call in the list is a function of the pool: `(pool) => pool.applyAsync(slowSum, [0.5, 1, 2])`.",
    "A function of your own can do anything: `async function twice(seconds: number) { await sleep(seconds); return 2 * seconds; }`. Write it above the list, and put a call of it in.",
    "The list may be made by a loop, too: `[1, 2, 3].map((x) => (pool: Pool) => pool.applyAsync(slowSum, [0.2, x, x]))`.",
  ],
  judge(answer) {
    if (!isRecordList(answer)) {
      return notYet(
        expected,
        shown(answer),
        "Leave the last line of the cell as it was: it runs your calls.",
      );
    }
    if (answer.length === 0) {
      return notAttempted("Put calls into the list.");
    }
    const got = `${answer.length} call${answer.length === 1 ? "" : "s"} of ${[...new Set(answer.map(({ name }) => name))].join(", ")}`;
    if (answer.length < least) {
      return notYet(expected, got, `Add more calls, until there are ${least} or more.`);
    }
    if (answer.every(({ name }) => given.has(name))) {
      return notYet(expected, got, "Write a function under another name, and add a call of it.");
    }
    return passed(`${got}: in the timeline you see who took which`);
  },
  solution: solutionCode("moreCalls"),
  wrongAnswers: [
    { code: answerOf("(pool) => pool.applyAsync(slowSum, [0, 1, 2])"), says: "Add more calls" },
    {
      code: answerOf("...[1, 2, 3].map((x) => (pool: Pool) => pool.applyAsync(slowSum, [0, x, x]))"),
      says: "under another name",
    },
  ],
});

function isRecordList(value: unknown): value is TaskRecord[] {
  return Array.isArray(value) && value.every((item) => typeof item?.submitted === "number");
}

function answerOf(calls: string): string {
  return `const myCalls: ((pool: Pool) => AsyncResult<unknown>)[] = [${calls}];\nconst myRecords = await runCalls(2, myCalls);`;
}
