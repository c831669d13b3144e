import { posix } from "node:path";
import type { FileParts } from "./outline.js";

/** A file of declarations, taken apart. */
export interface DeclarationFile {
  /** The lines with which it refers to other files and to libraries. */
  references: string[];
  parts: (string | number)[];
  isModule: boolean;
}

const pathReference = /^\/\/\/ <reference path="([^"]+)"/;
const root = "index.d.ts";

/**
 * The files as the compiler is to read them: the first holds what all hold that it leads to, in the order in which they
 * count, so that there is one where there were a hundred. Files that are modules stay apart, and others come to nothing.
 */
export function joinedFiles(files: ReadonlyMap<string, DeclarationFile>): FileParts {
  const references = new Set<string>();
  const joined: FileParts = {};
  const parts: (string | number)[] = [];
  const visit = (path: string): void => {
    const file = files.get(path);
    if (!file || Object.hasOwn(joined, path)) {
      return;
    }
    joined[path] = file.isModule ? whole(file) : [];
    for (const line of file.references) {
      const [, target] = pathReference.exec(line) ?? [];
      if (target !== undefined) {
        visit(posix.join(posix.dirname(path), target));
      } else if (!file.isModule) {
        references.add(`${line}\n`);
      }
    }
    if (file.isModule) {
      references.add(`/// <reference path="${path}" />\n`);
    } else {
      parts.push(...file.parts);
    }
  };
  visit(root);
  const others = [...files].filter(([path]) => !Object.hasOwn(joined, path));
  return {
    ...joined,
    ...Object.fromEntries(others.map(([path, file]) => [path, whole(file)])),
    [root]: [...references, ...parts],
  };
}

function whole({ references, parts, isModule }: DeclarationFile): (string | number)[] {
  return [...references.map((line) => `${line}\n`), ...parts, isModule ? "export {};\n" : ""];
}
