import type { Exercise, Verdict } from "../exercise/exercise.js";
import { progress } from "./progress.js";
import { knownExercises } from "./registry.js";

export const symbols = { passed: "✓", "not yet": "✗", "not attempted": "○" };

/**
 * Prints how many exercises have passed, and which is next: of one notebook and in all, or of every notebook when none is
 * named. Throws a RangeError for a notebook without exercises.
 */
export function score(notebook?: string): void {
  const exercises = knownExercises();
  if (notebook !== undefined) {
    const own = exercises.filter((exercise) => exercise.notebook === notebook);
    if (own.length === 0) {
      throw new RangeError(`Expected \`notebook\` to have exercises, got \`${notebook}\``);
    }
    console.log(`${passedOf(own)} passed in this notebook`);
    for (const { name } of own) {
      console.log(`${symbols[outcomeOf(name)]} ${name}: ${outcomeOf(name)}`);
    }
  } else {
    for (const [name, own] of byNotebook(exercises)) {
      const signs = own.map((exercise) => `${symbols[outcomeOf(exercise.name)]} ${exercise.name}`);
      console.log(`${name.padEnd(16)}  ${passedOf(own)}  ${signs.join("  ")}`);
    }
  }
  console.log(`All chapters: ${passedOf(exercises)} passed. ${next(exercises)}`);
}

function next(exercises: readonly Exercise[]): string {
  const open = exercises.find(({ name }) => outcomeOf(name) !== "passed");
  return open ? `Next: ${open.name} in ${open.notebook}` : "You have done them all";
}

function passedOf(exercises: readonly Exercise[]): string {
  return `${exercises.filter(({ name }) => outcomeOf(name) === "passed").length} of ${exercises.length}`;
}

function outcomeOf(name: string): Verdict["outcome"] {
  return progress().get(name) ?? "not attempted";
}

function byNotebook(exercises: readonly Exercise[]): Map<string, Exercise[]> {
  const groups = new Map<string, Exercise[]>();
  for (const exercise of exercises) {
    groups.set(exercise.notebook, [...(groups.get(exercise.notebook) ?? []), exercise]);
  }
  return groups;
}
