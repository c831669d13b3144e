import type { Exercise } from "./exercise.js";

/**
 * An exercise, checked: throws a TypeError that says what is missing or of a wrong kind.
 *
 * @example
 * const total = defineExercise({
 *   name: "total",
 *   notebook: "09-mine",
 *   hints: ["`pool.map` makes a list; `reduce` adds it up."],
 *   judge: (answer) => (answer === 55 ? passed("1 to 10 make 55") : notYet("55", String(answer), "Add up.")),
 *   solution: "const total = 55;",
 * });
 */
export function defineExercise<const Name extends string>(exercise: Exercise<Name>): Exercise<Name> {
  const { name, notebook, hints, judge, solution, wrongAnswers = [] } = exercise;
  require(/^[A-Za-z][A-Za-z0-9]*$/.test(name), "name", "a word of letters and digits", name);
  require(isText(notebook), "notebook", "the file name of a notebook, without `.ipynb`", notebook);
  require(!/\.ipynb$|[\\/]/.test(notebook), "notebook", "a file name without folder and `.ipynb`", notebook);
  require(isListOf(hints, isText) && hints.length > 0, "hints", "a list of at least one text", hints);
  require(typeof judge === "function", "judge", "a function", judge);
  require(isText(solution) || typeof solution === "function", "solution", "code, or a function", solution);
  require(isListOf(
    wrongAnswers,
    ({ code, says }) => isText(code) && isText(says),
  ), "wrongAnswers", "a list of `{ code, says }`", wrongAnswers);
  return exercise;
}

function require(isFine: boolean, field: string, expected: string, got: unknown): void {
  if (!isFine) {
    throw new TypeError(`Expected \`${field}\` of an exercise to be ${expected}, got \`${String(got)}\``);
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isListOf<T>(value: readonly T[], test: (item: T) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}
