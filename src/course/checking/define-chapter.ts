import type { Exercise } from "../exercise/exercise.js";
import { checkAnswer } from "./check-answer.js";
import { exercisesOfCourse, register } from "./registry.js";
import { printScore } from "./score.js";

/** A check for each exercise, by its name. */
export type Checks<Name extends string> = Record<Name, (answer?: unknown) => Promise<void>>;

/** All that a notebook with these exercises imports. */
export interface Chapter<Name extends string> {
  /**
   * A check for each exercise: it takes the answer and prints whether it passed, is not right yet, or was not attempted,
   * what was expected, what came, and one next step.
   *
   * @example
   * await check.otherProcess(pid)
   */
  readonly check: Checks<Name>;
  /**
   * Prints a hint for an exercise; with `step` 2, 3 … a plainer one, and behind the last, that there are no more. Throws a
   * RangeError for a name that no exercise has, and for a step that is not a whole number from 1.
   */
  hint(name: Name, step?: number): void;
  /** Prints code that solves an exercise. Throws a RangeError for a name that no exercise has. */
  solution(name: Name): void;
  /**
   * Prints how many exercises have passed, and which is next: of one notebook and in all, or of every notebook when none is
   * named. Throws a RangeError for a notebook without exercises.
   */
  score(notebook?: string): void;
}

/**
 * The checks, hints and solutions of a chapter's exercises. Throws a TypeError if two have the same name.
 *
 * @example
 * export const { check, hint, score, solution } = defineChapter("09-mine", [total]);
 */
export function defineChapter<const Name extends string>(
  chapter: string,
  exercises: readonly Exercise<Name>[],
): Chapter<Name> {
  const byName = new Map(exercises.map((exercise) => [exercise.name, exercise]));
  if (byName.size < exercises.length) {
    throw new TypeError(`Expected the exercises of "${chapter}" to have different names`);
  }
  register(chapter, exercises);

  function named(name: Name): Exercise<Name> {
    const exercise = byName.get(name);
    if (exercise) {
      return exercise;
    }
    const names = [...byName.keys()].map((known) => `"${known}"`);
    throw new RangeError(`Expected \`name\` to be one of ${names.join(", ")}, got \`${String(name)}\``);
  }

  return {
    check: Object.fromEntries(
      exercises.map((exercise) => [exercise.name, (answer?: unknown) => checkAnswer(exercise, answer)]),
    ) as Checks<Name>,
    hint(name, step = 1) {
      printHint(named(name), step);
    },
    solution(name) {
      console.log(solutionOf(named(name)));
    },
    score(notebook) {
      printScore(exercisesOfCourse(chapter), notebook);
    },
  };
}

/** Code that solves the exercise. */
export function solutionOf({ solution }: Exercise): string {
  return typeof solution === "function" ? solution() : solution;
}

function printHint({ name, hints }: Exercise, step: number): void {
  if (!Number.isInteger(step) || step < 1) {
    throw new RangeError(`Expected \`step\` to be a whole number from 1, got \`${String(step)}\``);
  }
  const text = hints[step - 1];
  console.log(
    text === undefined
      ? `There are ${hints.length} hints for ${name}, and this would be number ${step}. solution("${name}") shows one way to do it.`
      : `Hint ${step} of ${hints.length}: ${text}`,
  );
}
