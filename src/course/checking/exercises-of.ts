import type { WrongAnswer } from "../exercise/exercise.js";
import { solutionOf } from "./define-chapter.js";
import { knownExercises } from "./registry.js";

/** An exercise as a test sees it. */
export interface DescribedExercise {
  readonly name: string;
  readonly notebook: string;
  readonly hints: number;
  readonly solution: string;
  readonly wrongAnswers: readonly WrongAnswer[];
}

/** The exercises of a notebook that are defined in this process: the course's, and those of the modules it imported. */
export function exercisesOf(notebook: string): DescribedExercise[] {
  return knownExercises()
    .filter((exercise) => exercise.notebook === notebook)
    .map((exercise) => ({
      name: exercise.name,
      notebook,
      hints: exercise.hints.length,
      solution: solutionOf(exercise),
      wrongAnswers: exercise.wrongAnswers ?? [],
    }));
}
