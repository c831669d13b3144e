import type { Checks } from "./checking/define-chapter.js";
import { course, type ExerciseName } from "./exercises/index.js";

/**
 * A check for each exercise of the course: it takes the answer and prints whether it passed, is not right yet, or was not
 * attempted, what was expected, what came, and one next step.
 *
 * @example
 * await check.otherProcess(pid)
 */
export const check: Checks<ExerciseName> = course.check;

/**
 * Prints a hint for an exercise; with `step` 2, 3 … a plainer one, and behind the last, that there are no more. Throws a
 * RangeError for a name that no exercise has, and for a step that is not a whole number from 1.
 *
 * @example
 * hint("otherProcess", 2)
 */
export function hint(name: ExerciseName, step = 1): void {
  course.hint(name, step);
}

/**
 * Prints code that solves an exercise. Throws a RangeError for a name that no exercise has.
 *
 * @example
 * solution("otherProcess")
 */
export function solution(name: ExerciseName): void {
  course.solution(name);
}

/**
 * Prints how many exercises have passed, and which is next: of one notebook and in all, or of every notebook when none is
 * named. Throws a RangeError for a notebook without exercises.
 *
 * @example
 * score("01-apply")
 */
export function score(notebook?: string): void {
  course.score(notebook);
}
