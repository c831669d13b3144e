import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { decodeText } from "../document/decode-text.js";
import { type Cell, joinLines, type Notebook } from "../document/notebook.js";
import { inFile, parseNotebook } from "../document/parse-notebook.js";

/** A notebook of a course, read. */
export interface Chapter {
  readonly file: string;
  /** Its file name without the extension. */
  readonly name: string;
  readonly notebook: Notebook;
}

/** Something about a chapter that is not as it should be: a sentence, and the cell it is about. */
export interface Problem {
  readonly file: string;
  /** Id of the cell, or its place when it has none; undefined if it is about the whole notebook. */
  readonly cell?: string;
  readonly message: string;
}

/** The chapters of a folder, in the order of their names: its notebooks, not those in folders below. */
export function readChapters(folder: string): Chapter[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
    .sort()
    .map((name) => readChapter(path.join(folder, name)));
}

/** Throws NotebookFormatError, or the file system's error. */
export function readChapter(file: string): Chapter {
  return {
    file,
    name: path.basename(file, ".ipynb"),
    notebook: inFile(file, () => parseNotebook(decodeText(readFileSync(file)))),
  };
}

export function sourceOf(cell: Cell): string {
  return joinLines(cell.source);
}

/** The name of a cell in a problem. */
export function placeOf(cell: Cell, index: number): string {
  return cell.id ?? `number ${index + 1}`;
}

/** Targets of the links in Markdown, without their fragments. */
export function linkTargets(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target);
}

/** Tells whether a link of a file leads somewhere: to the web, or to a file that is there. */
export function leadsSomewhere(file: string, target: string): boolean {
  return /^[a-z]+:/.test(target) || existsSync(path.join(path.dirname(file), decodeURI(target)));
}
