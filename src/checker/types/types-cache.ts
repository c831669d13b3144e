import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isRecord, recordOf } from "../../document/record.js";
import {
  cacheFolder,
  compilerVersion,
  type Diagnostic,
  type LookupStates,
  stillHold,
} from "../../language/index.js";

/** TypeScript's findings, cell by cell. */
export type Findings = readonly (readonly Diagnostic[])[];

/** Everything that the findings on a notebook depend on, but for files. */
export interface CheckedText {
  file: string;
  language: string;
  settings: Readonly<Record<string, boolean>> | undefined;
  sources: readonly string[];
}

/** The findings on one notebook, by the name of its file and its language. */
type Notebooks = Record<string, { text: string; findings: Findings }>;

interface Entry {
  lookups: LookupStates;
  notebooks: Notebooks;
}

/**
 * Findings of earlier processes, in the user's cache folder: one file for each folder of notebooks. They are taken when
 * the cells are the same and all that the compiler has read or looked for is as it was. A damaged file counts as none.
 */
export class TypesCache {
  readonly #lookups: () => LookupStates;
  readonly #entries = new Map<string, Entry | undefined>();
  readonly #added = new Map<string, Notebooks>();

  constructor(lookups: () => LookupStates) {
    this.#lookups = lookups;
  }

  find(text: CheckedText): Findings | undefined {
    const known = this.#entryFor(pathFor(text.file))?.notebooks[nameOf(text)];
    return known?.text === digestOf(text) ? known.findings : undefined;
  }

  add(text: CheckedText, findings: Findings): void {
    const place = pathFor(text.file);
    this.#added.set(place, { ...this.#added.get(place), [nameOf(text)]: { text: digestOf(text), findings } });
  }

  store(): void {
    for (const [place, notebooks] of this.#added) {
      // Another process may have written meanwhile.
      const known = readValid(place);
      write(place, {
        lookups: { ...known?.lookups, ...this.#lookups() },
        notebooks: { ...known?.notebooks, ...notebooks },
      });
    }
    this.#added.clear();
  }

  #entryFor(place: string): Entry | undefined {
    if (!this.#entries.has(place)) {
      this.#entries.set(place, readValid(place));
    }
    return this.#entries.get(place);
  }
}

/** All notebooks of a folder, for this build of the program and this Node. */
function pathFor(file: string): string {
  const { mtimeMs } = statSync(fileURLToPath(import.meta.url));
  const all = [path.dirname(path.resolve(file)), compilerVersion, process.version, import.meta.url, mtimeMs];
  return path.join(cacheFolder(), "types", `${digest(JSON.stringify(all))}.json`);
}

function nameOf({ file, language }: CheckedText): string {
  return `${path.basename(file)} ${language}`;
}

function digestOf({ sources, settings }: CheckedText): string {
  return digest(JSON.stringify([sources, settings]));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function readValid(place: string): Entry | undefined {
  const entry = read(place);
  return entry && stillHold(entry.lookups) ? entry : undefined;
}

function read(place: string): Entry | undefined {
  try {
    const { lookups, notebooks } = recordOf(JSON.parse(readFileSync(place, "utf8")));
    return isLookups(lookups) && isNotebooks(notebooks) ? { lookups, notebooks } : undefined;
  } catch {
    return undefined;
  }
}

function isLookups(value: unknown): value is LookupStates {
  return isRecord(value) && Object.values(value).every((state) => typeof state === "string");
}

function isNotebooks(value: unknown): value is Notebooks {
  const isFindings = (cells: unknown) =>
    Array.isArray(cells) && cells.every((cell) => Array.isArray(cell) && cell.every(isRecord));
  return (
    isRecord(value) &&
    Object.values(value).every(
      (each) => typeof recordOf(each).text === "string" && isFindings(recordOf(each).findings),
    )
  );
}

/** A read-only home or a full disk costs the next process its time, and nothing else. */
function write(place: string, entry: Entry): void {
  try {
    mkdirSync(path.dirname(place), { recursive: true, mode: 0o700 });
    const unfinished = `${place}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(entry), { mode: 0o600 });
    renameSync(unfinished, place);
  } catch {}
}
