import { allAtOnce } from "./all-at-once.js";
import { chunks } from "./chunks.js";
import { collect } from "./collect.js";
import { cubes } from "./cubes.js";
import { finishTimes, predictions, rule } from "./distribution.js";
import type { Exercise } from "./exercise.js";
import { otherProcess } from "./other-process.js";

/** The exercises of the course, in its order. */
export const exercises = {
  cubes,
  otherProcess,
  allAtOnce,
  collect,
  predictions,
  rule,
  finishTimes,
  chunks,
} satisfies Record<string, Exercise>;

export type ExerciseName = keyof typeof exercises;

/** Throws a RangeError if there is no such exercise. */
export function exerciseNamed(name: ExerciseName): Exercise {
  if (Object.hasOwn(exercises, name)) {
    return exercises[name];
  }
  const names = Object.keys(exercises).map((known) => `"${known}"`);
  throw new RangeError(`Expected \`name\` to be one of ${names.join(", ")}, got \`${String(name)}\``);
}
