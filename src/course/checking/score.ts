import type { Exercise, Verdict } from "../exercise/exercise.js";
import { keyOf, progress } from "./progress.js";

export const symbols = { passed: "✓", "not yet": "✗", "not attempted": "○" };

/** Prints how many of a course's exercises have passed: of one notebook and in all, or of every notebook. */
export function printScore(exercises: readonly Exercise[], notebook?: string): void {
  const groups = byNotebook(exercises);
  if (notebook !== undefined) {
    const own = groups.get(notebook);
    if (own === undefined) {
      throw new RangeError(`Expected \`notebook\` to have exercises, got \`${notebook}\``);
    }
    console.log(`${passedOf(own)} passed in this notebook`);
    for (const exercise of own) {
      console.log(`${symbols[outcomeOf(exercise)]} ${exercise.name}: ${outcomeOf(exercise)}`);
    }
  } else {
    for (const [name, own] of groups) {
      const signs = own.map((exercise) => `${symbols[outcomeOf(exercise)]} ${exercise.name}`);
      console.log(`${name.padEnd(16)}  ${passedOf(own)}  ${signs.join("  ")}`);
    }
  }
  const all = groups.size > 1 ? `All chapters: ${passedOf(exercises)} passed. ` : "";
  console.log(`${all}${next(exercises)}`);
}

function next(exercises: readonly Exercise[]): string {
  const open = exercises.find((exercise) => outcomeOf(exercise) !== "passed");
  return open ? `Next: ${open.name} in ${open.notebook}` : "You have done them all";
}

function passedOf(exercises: readonly Exercise[]): string {
  return `${exercises.filter((exercise) => outcomeOf(exercise) === "passed").length} of ${exercises.length}`;
}

function outcomeOf(exercise: Exercise): Verdict["outcome"] {
  return progress().get(keyOf(exercise)) ?? "not attempted";
}

function byNotebook(exercises: readonly Exercise[]): Map<string, Exercise[]> {
  const groups = new Map<string, Exercise[]>();
  for (const exercise of exercises) {
    groups.set(exercise.notebook, [...(groups.get(exercise.notebook) ?? []), exercise]);
  }
  return groups;
}
