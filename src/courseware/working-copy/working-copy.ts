import { existsSync, readdirSync, renameSync } from "node:fs";
import path from "node:path";
import { saveFile } from "../../runner/files/replace-file.js";
import { courseFiles, fingerprint, hasOutputs, unspoiled } from "./course-files.js";
import { type Manifest, readManifest, writeManifest } from "./manifest.js";

/** Thrown when a folder is in the way of a working copy. */
export class WorkingCopyError extends Error {
  override name = "WorkingCopyError";
}

/** The changes to a working copy; paths relative to it. */
export interface CopyReport {
  /** Files that were not there. */
  readonly added: string[];
  /** Files that the course has changed and the learner had not touched. */
  readonly updated: string[];
  /** Files that both have changed: the learner's stay. */
  readonly changed: string[];
}

/**
 * Makes `target` a copy of the course in `source` for a learner to work in, or brings one up to date: without outputs, and
 * without touching anything that the learner has changed or run. Throws a WorkingCopyError if `target` is some other folder,
 * or the file system's error; what is there by then is whole, and the next call goes on from it.
 */
export async function updateWorkingCopy(source: string, target: string): Promise<CopyReport> {
  const known = readManifest(target);
  if (known === undefined && existsSync(target) && readdirSync(target).length > 0) {
    throw new WorkingCopyError(`${target} is not empty, and no working copy of a course`);
  }
  const manifest: Manifest = known ?? new Map();
  if (known === undefined) {
    await writeManifest(target, manifest);
  }
  const report: CopyReport = { added: [], updated: [], changed: [] };
  for (const file of courseFiles(source)) {
    const kind = whatToDo(path.join(source, file), path.join(target, file), manifest.get(file));
    if (kind !== "nothing") {
      report[kind].push(file);
    }
    if (kind === "added" || kind === "updated") {
      await saveFile(path.join(target, file), unspoiled(path.join(source, file)));
    }
    if (kind !== "changed") {
      manifest.set(file, fingerprint(path.join(source, file)));
    }
  }
  await writeManifest(target, manifest);
  return report;
}

/** Puts the course's present state of these files beside the learner's. Gives the new paths, relative to `target`. */
export async function putFreshBeside(
  source: string,
  target: string,
  files: readonly string[],
): Promise<string[]> {
  const manifest: Manifest = readManifest(target) ?? new Map();
  const names: string[] = [];
  for (const file of files) {
    const beside = freeName(target, file);
    await saveFile(path.join(target, beside), unspoiled(path.join(source, file)));
    manifest.set(file, fingerprint(path.join(source, file)));
    names.push(beside);
  }
  await writeManifest(target, manifest);
  return names;
}

/** Moves a working copy out of the way, with its progress. Gives its new path. */
export function putAside(target: string): string {
  for (let number = 1; ; number++) {
    const aside = `${target}-${number}`;
    if (!existsSync(aside)) {
      renameSync(target, aside);
      return aside;
    }
  }
}

function whatToDo(source: string, target: string, known: string | undefined): keyof CopyReport | "nothing" {
  if (!existsSync(target)) {
    return "added";
  }
  const latest = fingerprint(source);
  if (latest === known || latest === fingerprint(target)) {
    return "nothing";
  }
  return fingerprint(target) === known && !hasOutputs(target) ? "updated" : "changed";
}

function freeName(folder: string, file: string): string {
  const { dir, name, ext } = path.parse(file);
  for (let number = 1; ; number++) {
    const candidate = path.join(dir, `${name}-fresh${number === 1 ? "" : `-${number}`}${ext}`);
    if (!existsSync(path.join(folder, candidate))) {
      return candidate;
    }
  }
}
