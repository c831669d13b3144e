import { type Stats, statSync } from "node:fs";
import type ts from "typescript";
import { versionOnDisk } from "./source-files.js";

/** The states of paths, each by the kind of its lookup and the path. */
export type LookupStates = Readonly<Record<string, string>>;

type Kind = "content" | "file" | "folder";

/** Remembers what a compiler reads and looks for, found or not. */
export class Lookups {
  readonly #states = new Map<string, string>();

  get states(): LookupStates {
    return Object.fromEntries(this.#states);
  }

  /** The system that it looks through. */
  recording(system: ts.System): ts.System {
    const noting =
      <Rest extends unknown[], Result>(kind: Kind, look: (path: string, ...rest: Rest) => Result) =>
      (path: string, ...rest: Rest): Result => {
        this.#states.set(`${kind} ${path}`, stateOf(kind, path));
        return look(path, ...rest);
      };
    return {
      ...system,
      readFile: noting("content", system.readFile),
      fileExists: noting("file", system.fileExists),
      directoryExists: noting("folder", system.directoryExists),
      getDirectories: noting("content", system.getDirectories),
    };
  }
}

/** True when a new lookup would find everything as it was. */
export function stillHold(states: LookupStates): boolean {
  return Object.entries(states).every(([lookup, state]) => {
    const [kind = "", path = ""] = [
      lookup.slice(0, lookup.indexOf(" ")),
      lookup.slice(lookup.indexOf(" ") + 1),
    ];
    return isKind(kind) && stateOf(kind, path) === state;
  });
}

function isKind(text: string): text is Kind {
  return text === "content" || text === "file" || text === "folder";
}

function stateOf(kind: Kind, path: string): string {
  if (kind === "content") {
    return versionOnDisk(path) ?? "";
  }
  const stats = statsOf(path);
  return String(kind === "file" ? (stats?.isFile() ?? false) : (stats?.isDirectory() ?? false));
}

/** A path through a file is no entry either, although Node throws. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
