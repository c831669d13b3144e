import { notAttempted, notYet, type Verdict } from "./exercises/exercise.js";
import { type ExerciseName, exerciseNamed, exercises } from "./exercises/index.js";
import { solutionCode } from "./solutions.js";

const symbols = { passed: "✓", "not yet": "✗", "not attempted": "○" };
const outcomes = new Map<ExerciseName, Verdict["outcome"]>();

/**
 * A check for each exercise: it takes the answer and prints whether it passed, is not right yet, or was not attempted,
 * what was expected, what came, and one next step.
 *
 * @example
 * await check.otherProcess(pid)
 */
export const check = Object.fromEntries(
  exerciseNames().map((name) => [name, (answer?: unknown) => checkAnswer(name, answer)]),
) as Record<ExerciseName, (answer?: unknown) => Promise<void>>;

/** Prints a hint for an exercise; with `step` 2, 3 … a plainer one. Throws a RangeError if there is no such hint. */
export function hint(name: ExerciseName, step = 1): void {
  const { hints } = exerciseNamed(name);
  const text = hints[step - 1];
  if (text === undefined) {
    throw new RangeError(
      `Expected \`step\` to be 1 to ${hints.length} for "${name}", got \`${String(step)}\``,
    );
  }
  console.log(`Hint ${step} of ${hints.length}: ${text}`);
}

/** Prints code that solves an exercise. */
export function solution(name: ExerciseName): void {
  exerciseNamed(name);
  console.log(solutionCode(name));
}

/** Prints how many exercises of a notebook have passed since its kernel was started, and which. */
export function score(notebook: string): void {
  const names = exerciseNames().filter((name) => exercises[name].notebook === notebook);
  if (names.length === 0) {
    throw new RangeError(`Expected \`notebook\` to have exercises, got \`${notebook}\``);
  }
  const passed = names.filter((name) => outcomes.get(name) === "passed");
  console.log(`${passed.length} of ${names.length} passed in this notebook`);
  for (const name of names) {
    const outcome = outcomes.get(name) ?? "not attempted";
    console.log(`${symbols[outcome]} ${name}: ${outcome}`);
  }
}

async function checkAnswer(name: ExerciseName, answer: unknown): Promise<void> {
  const verdict = await judge(name, answer);
  outcomes.set(name, verdict.outcome);
  console.log(describe(name, verdict));
}

async function judge(name: ExerciseName, answer: unknown): Promise<Verdict> {
  if (answer === undefined) {
    return notAttempted("Replace what the exercise asks you to, and run both cells again.");
  }
  if (answer instanceof Promise) {
    answer.catch(() => {});
    return notYet("a value", "a promise of it", "Put `await` before what makes the promise.");
  }
  return exercises[name].judge(answer);
}

function describe(name: ExerciseName, verdict: Verdict): string {
  const title = `${symbols[verdict.outcome]} ${name}: ${verdict.outcome}`;
  switch (verdict.outcome) {
    case "passed":
      return `${title}. ${verdict.because[0]?.toUpperCase()}${verdict.because.slice(1)}.`;
    case "not attempted":
      return `${title}\n  next: ${verdict.next}\n  stuck? hint("${name}")`;
    case "not yet":
      return `${title}\n  expected: ${verdict.expected}\n  got: ${verdict.got}\n  next: ${verdict.next}\n  stuck? hint("${name}")`;
  }
}

function exerciseNames(): ExerciseName[] {
  return Object.keys(exercises) as ExerciseName[];
}
