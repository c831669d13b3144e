import { defineChapter } from "../checking/define-chapter.js";
import { ownCourse } from "../checking/registry.js";
import { allAtOnce } from "./all-at-once.js";
import { chunks } from "./chunks.js";
import { collect } from "./collect.js";
import { cubes } from "./cubes.js";
import { finishTimes } from "./distribution/finish-times.js";
import { inYourWords } from "./distribution/in-your-words.js";
import { moreCalls } from "./distribution/more-calls.js";
import { predictions } from "./distribution/predictions.js";
import { rule } from "./distribution/rule.js";
import { script } from "./distribution/script.js";
import { deposit } from "./machines/deposit.js";
import { otherProcess } from "./other-process.js";

import { speedup } from "./speed/speedup.js";
import { worthIt } from "./speed/worth-it.js";
import { countSafely } from "./trouble/count-safely.js";
import { culprits } from "./trouble/culprits.js";

/** The exercises of the course, in its order. */
export const course = defineChapter(ownCourse, [
  cubes,
  otherProcess,
  allAtOnce,
  collect,
  predictions,
  inYourWords,
  rule,
  moreCalls,
  finishTimes,
  script,
  chunks,
  deposit,
  speedup,
  worthIt,
  countSafely,
  culprits,
]);

export type ExerciseName = keyof typeof course.check;
