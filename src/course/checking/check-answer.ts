import { type Exercise, notAttempted, notYet, type Verdict } from "../exercise/exercise.js";
import { evidenceFor, rememberCheck, whyStale } from "./attempts.js";
import { keepOutcome } from "./progress.js";
import { symbols } from "./score.js";

/** Judges an answer, prints the verdict and keeps it. A value that is left from before is not judged. */
export async function checkAnswer(exercise: Exercise, answer: unknown): Promise<void> {
  const { name } = exercise;
  const stale = whyStale(name, answer);
  if (stale !== undefined) {
    console.log(`○ ${name}: not judged\n  next: ${stale}`);
    return;
  }
  const verdict = await judge(exercise, answer);
  rememberCheck(name, answer, verdict.outcome);
  keepOutcome(exercise, verdict.outcome);
  console.log(describe(name, verdict));
}

async function judge(exercise: Exercise, answer: unknown): Promise<Verdict> {
  if (answer === undefined) {
    return notAttempted("Replace what the exercise asks you to, and run both cells again.");
  }
  if (answer instanceof Promise) {
    answer.catch(() => {});
    return notYet("a value", "a promise of it", "Put `await` before what makes the promise.");
  }
  return exercise.judge(answer, evidenceFor(exercise.name));
}

function describe(name: string, verdict: Verdict): string {
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
