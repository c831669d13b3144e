import type { CellMetadata } from "../cell/cell-comments.js";
import type { CellSourceFile } from "../compiler/compiler.js";
import { parseFile } from "../compiler/parse-file.js";
import type { Project } from "../compiler/project.js";
import { type CommonJsText, commonJs } from "./common-js.js";

/** The cells of a notebook that are modules of their own (`@module name`), which its other cells import by `./name`. */
export class ModuleCells {
  readonly #project: Project;
  readonly #extension: string;
  readonly #files = new Map<string, CellSourceFile>();
  readonly #handedOut = new Set<CellSourceFile>();

  constructor(project: Project, { javascript }: { javascript: boolean }) {
    this.#project = project;
    this.#extension = javascript ? ".js" : ".ts";
  }

  get files(): CellSourceFile[] {
    return [...this.#files.values()];
  }

  /** Adds a module, or replaces the one of that name. */
  add(name: string, source: string, { jsx }: CellMetadata): CellSourceFile {
    if (!/^\w+$/.test(name)) {
      throw new TypeError(`Expected the name of a module to consist of letters and digits, got "${name}"`);
    }
    const path = this.#project.pathOf(`${name}${this.#extension}${jsx ? "x" : ""}`);
    const file = parseFile(this.#project, path, source);
    this.#files.set(path, file);
    return file;
  }

  /** The text that `require` loads, of those that have not been handed out since they changed. */
  takeTexts(modules: readonly CellSourceFile[]): (CommonJsText & { path: string })[] {
    const fresh = modules.filter((file) => !this.#handedOut.has(file));
    return fresh.map((file) => {
      this.#handedOut.add(file);
      const { compiler, options } = this.#project;
      const path = file.fileName.replace(/\.[jt]sx?$/, ".js");
      return { path, ...commonJs(compiler, options, { path: file.fileName, text: file.text }) };
    });
  }
}
