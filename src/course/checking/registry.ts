import type { Exercise } from "../exercise/exercise.js";

/** Names the chapters that come with the package. */
export const ownCourse = "poolbook";

const chapters = new Map<string, readonly Exercise[]>();

/** Makes the exercises of a chapter known to `score` and to `poolbook course test`; again, when its module was changed. */
export function register(chapter: string, exercises: readonly Exercise[]): void {
  chapters.set(chapter, exercises);
}

/** The exercises that are known in this process, in the order of their chapters. */
export function knownExercises(): Exercise[] {
  return [...chapters.values()].flat();
}

/** Those that belong to the same course as a chapter does: the package's own, or all others. */
export function exercisesOfCourse(chapter: string): Exercise[] {
  return [...chapters]
    .filter(([name]) => (name === ownCourse) === (chapter === ownCourse))
    .flatMap(([, exercises]) => exercises);
}
