/** The tools for exercises of your own: `import { … } from "poolbook/course"`. */

export { assertPassed } from "./checking/assert-passed.js";
export { type Chapter, type Checks, defineChapter } from "./checking/define-chapter.js";
export { exercisesOf } from "./checking/exercises-of.js";
export { isQuotedNumber, listOf, numberOf } from "./exercise/answers.js";
export { defineExercise } from "./exercise/define-exercise.js";
export {
  type Evidence,
  type Exercise,
  notAttempted,
  notYet,
  passed,
  type Verdict,
  type WrongAnswer,
} from "./exercise/exercise.js";
export { shown } from "./exercise/shown.js";
