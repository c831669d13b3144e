import { statSync } from "node:fs";
import type ts from "typescript";
import type { Compiler } from "./compiler.js";
import { parsingMode } from "./documentation.js";
import { JoinedLibrary } from "./library/joined-library.js";
import { NodeTypes } from "./node-types.js";

interface Entry {
  version: string;
  file: ts.SourceFile;
}

/** Parsed files, which any number of projects may share; a file of the user's is parsed again when it changes. */
export class SourceFiles {
  readonly compiler: Compiler;
  readonly #entries = new Map<string, Entry>();
  readonly #nodeTypes = new NodeTypes();
  readonly #libraries = new Map<string, JoinedLibrary>();

  constructor(compiler: Compiler) {
    this.compiler = compiler;
  }

  get(path: string, options: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const known = this.#entries.get(path);
    if (known && isInstalled(path)) {
      return known.file;
    }
    const onDisk = versionOnDisk(path);
    const text =
      known && onDisk === known.version ? undefined : this.#nodeTypes.read(path, this.compiler.sys.readFile);
    const version = onDisk ?? text;
    if (version === undefined) {
      this.#entries.delete(path);
      return undefined;
    }
    if (known?.version === version) {
      return known.file;
    }
    const file = this.compiler.createSourceFile(path, text ?? "", {
      ...(typeof options === "object" ? options : { languageVersion: options }),
      jsDocParsingMode: parsingMode(this.compiler, path),
    });
    this.#entries.set(path, { version, file });
    return file;
  }

  /** The files of this folder of TypeScript's, as one. */
  joinedLibrary(folder: string, names: readonly string[]): JoinedLibrary {
    const key = names.join();
    const known = this.#libraries.get(key) ?? new JoinedLibrary(this.compiler, folder, names);
    this.#libraries.set(key, known);
    return known;
  }

  /** Makes sure that a module of Node's, or all of them, are declared in full; tells whether something changed. */
  completeNodeTypes(module?: string): boolean {
    const changed = this.#nodeTypes.complete(module);
    for (const path of changed) {
      this.#entries.delete(path);
    }
    return changed.length > 0;
  }
}

export function isInstalled(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path);
}

/** Tells two states of a file apart; undefined when there is none. */
export function versionOnDisk(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
