import { existsSync, statSync } from "node:fs";
import path from "node:path";
import type { FileQuestions } from "../inputs/changes/changed-files.js";

const quoted = /(["'`])([^"'`\n\\]{1,200}\.\w+)\1/g;

/** Answers that nothing has changed, and remembers which files were asked about: those that code depends on. */
export class RecordedFiles implements FileQuestions {
  readonly root: string;
  readonly all: string[] = [];
  /** Files, whether they exist or not: one that is made later may be found instead of another. */
  readonly files = new Set<string>();
  /** Packages that are linked from elsewhere. */
  readonly folders = new Set<string>();

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

  /** Files that the code names by a path from its folder. */
  mentionedIn(code: string): undefined {
    for (const [, , name = ""] of code.matchAll(quoted)) {
      const file = path.resolve(this.root, name);
      if (existsSync(file) && statSync(file).isFile()) {
        this.files.add(file);
      }
    }
  }
}
