import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Exercise, Verdict } from "../exercise/exercise.js";

type Outcome = Verdict["outcome"];

/** Marks the top folder of a working copy of a course; `poolbook lab --copy` makes it. */
export const workingCopyMark = ".poolbook-course.json";
/** Beside the mark: what the exercises have come to. */
export const progressName = ".poolbook-progress.json";

const inMemory = new Map<string, Outcome>();

/** Names an exercise among those of all notebooks. */
export function keyOf({ notebook, name }: Pick<Exercise, "notebook" | "name">): string {
  return `${notebook}/${name}`;
}

/**
 * The latest outcome of each exercise, by its key. In a working copy of the course they are kept in a file, for the next start; elsewhere
 * as long as the kernel lives.
 */
export function progress(): ReadonlyMap<string, Outcome> {
  const file = progressFile();
  return file === undefined ? inMemory : new Map([...read(file), ...inMemory]);
}

/** Keeps an outcome. An exercise that has passed stays so. */
export function keepOutcome(exercise: Exercise, outcome: Outcome): void {
  const key = keyOf(exercise);
  const file = progressFile();
  const kept = file === undefined ? inMemory : read(file);
  const isPassed = kept.get(key) === "passed" || inMemory.get(key) === "passed";
  const latest = isPassed ? "passed" : outcome;
  inMemory.set(key, latest);
  if (file !== undefined) {
    kept.set(key, latest);
    write(file, kept);
  }
}

/** The file for the folder in which the notebook runs, or undefined outside a working copy. */
function progressFile(): string | undefined {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, workingCopyMark))) {
      return path.join(folder, progressName);
    }
    if (folder === path.dirname(folder)) {
      return undefined;
    }
  }
}

function read(file: string): Map<string, Outcome> {
  if (!existsSync(file)) {
    return new Map();
  }
  try {
    const { exercises } = JSON.parse(readFileSync(file, "utf8")) as { exercises: Record<string, Outcome> };
    return new Map(Object.entries(exercises));
  } catch {
    const aside = `${file}.damaged`;
    renameSync(file, aside);
    console.log(
      `The file with your progress could not be read. It was put aside as ${path.basename(aside)}.`,
    );
    return new Map();
  }
}

/** In one piece or not at all: two notebooks may write at the same time. */
function write(file: string, kept: ReadonlyMap<string, Outcome>): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(
    temporary,
    `${JSON.stringify({ version: 1, exercises: Object.fromEntries(kept) }, null, 1)}\n`,
  );
  renameSync(temporary, file);
}
