import { existsSync, statSync } from "node:fs";
import path from "node:path";
import type { FileQuestions } from "../inputs/changes/changed-files.js";

const quoted = /(["'`])([^"'`\n\\]{1,200}\.\w+)\1/g;
const magic = /^[ \t]*[%!].*$/gm;

/** Answers that nothing has changed, and remembers what was asked about: that which code depends on. */
export class RecordedFiles implements FileQuestions {
  readonly root: string;
  readonly all: string[] = [];
  /** Files, whether they exist or not: one that is made later may be found instead of another. */
  readonly files = new Set<string>();
  /** Those of them that code names in quotes: it may read them, or run them. */
  readonly named = new Set<string>();
  /** Packages that are linked from elsewhere. */
  readonly folders = new Set<string>();
  /** Imports that lead to no file and no package: an alias may stand for any. */
  readonly unknown = new Set<string>();

  constructor(root: string) {
    this.root = root;
  }

  has(file: string): boolean {
    this.files.add(file);
    return false;
  }

  within(folder: string): undefined {
    this.folders.add(folder);
  }

  lockfile(): undefined {}

  notFound(specifier: string): void {
    this.unknown.add(specifier);
  }

  /** Files that the code names by a path from its folder: in quotes, or as words of IPython's magics. */
  mentionedIn(code: string): undefined {
    const words = [...code.matchAll(magic)].flatMap(([line]) => line.split(/[\s%!]+/));
    for (const name of [...words, ...[...code.matchAll(quoted)].map((match) => match[2] ?? "")]) {
      const file = path.resolve(this.root, name);
      if (existsSync(file) && statSync(file).isFile()) {
        this.files.add(file);
        this.named.add(file);
      }
    }
  }
}
