import { keyOf, progress } from "./progress.js";
import { knownExercises } from "./registry.js";

/**
 * Throws an Error unless the exercise has passed its check: a cell behind the check for programs that give marks. Throws a
 * RangeError for a name that no exercise has.
 *
 * @example
 * assertPassed("total")
 */
export function assertPassed(name: string): void {
  const exercise = knownExercises().findLast((exercise) => exercise.name === name);
  if (exercise === undefined) {
    throw new RangeError(`Expected \`name\` to be that of an exercise, got \`${name}\``);
  }
  const outcome = progress().get(keyOf(exercise)) ?? "not attempted";
  if (outcome !== "passed") {
    throw new Error(`${name}: ${outcome}`);
  }
}
