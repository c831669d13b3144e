import type ts from "typescript";
import type { SourceFiles } from "../source-files.js";
import type { NodeTypesNeeded } from "../without-node.js";
import { NeededTypes } from "./needed-types.js";
import { readOutline } from "./stored-outline.js";

/** The declarations of Node that the programs of a project get: more and more of them. */
export class ProgramTypes {
  readonly #files: SourceFiles;
  readonly #mayLeaveOut: boolean;
  #level: NodeTypesNeeded = "none";
  #reachable: NeededTypes | undefined;

  /** A program gets none of them or all, unless some may be left out. */
  constructor(files: SourceFiles, mayLeaveOut: boolean) {
    this.#files = files;
    this.#mayLeaveOut = mayLeaveOut;
  }

  get level(): NodeTypesNeeded {
    return this.#level;
  }

  /** Gives back a level that `need` has raised. */
  restore(level: NodeTypesNeeded): void {
    this.#level = level;
  }

  /** True when a program with these texts, which import nothing, gets the same as the last one. */
  has(level: NodeTypesNeeded, texts: readonly ts.SourceFile[]): boolean {
    const isLower = level === "none" || this.#level === "all" || level === this.#level;
    return isLower && (this.#inUse?.reachesNothingNew(texts) ?? true);
  }

  /** True when the next program gets others than the last one. */
  need(level: NodeTypesNeeded): boolean {
    if (level === "none" || this.#level === "all" || level === this.#level) {
      return false;
    }
    this.#level = level === "reachable" && this.#findReachable() ? "reachable" : "all";
    return true;
  }

  /** Says that a program begins, and shows the texts that are in it. */
  begin(texts: readonly ts.SourceFile[]): void {
    this.#inUse?.begin(texts);
  }

  /** A file of Node's in another extent than on the disk. */
  get(path: string, settings: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    return this.#inUse?.get(path, settings);
  }

  /** Another file that the program reads. */
  show(file: ts.SourceFile): void {
    this.#inUse?.showFile(file);
  }

  /** False once a text has come that may reach anything. */
  get isEnough(): boolean {
    return this.#inUse?.isEnough ?? true;
  }

  /** False when it has turned out that the program needs more, which the next one gets; `modules` are those imported. */
  suffices(modules: Iterable<string>): boolean {
    const inUse = this.#inUse;
    if (!inUse) {
      return [...modules].filter((module) => this.#files.completeNodeTypes(module)).length === 0;
    }
    for (const module of modules) {
      inUse.showImport(module);
    }
    return inUse.isEnough && !inUse.hasGrown;
  }

  get #inUse(): NeededTypes | undefined {
    return this.#level === "reachable" ? this.#reachable : undefined;
  }

  #findReachable(): NeededTypes | undefined {
    const { compiler } = this.#files;
    const outline = this.#mayLeaveOut && !this.#reachable ? readOutline(compiler) : undefined;
    this.#reachable ??= outline && new NeededTypes(compiler, outline);
    return this.#reachable;
  }
}
