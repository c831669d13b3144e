import type { CellMetadata } from "./cell/cell-comments.js";
import type { Diagnostic } from "./compiler/diagnostics/diagnostic.js";
import type { ProvidedPackages } from "./compiler/resolution.js";
import type { SourceFiles } from "./compiler/source-files.js";
import type { OwnFiles } from "./modules/own-files.js";
import type { StackPosition } from "./modules/source-maps.js";
import type { Completeness } from "./questions/completeness.js";
import type { Completion } from "./questions/completion.js";
import type { CellSources } from "./questions/source-text.js";

export type { CellMetadata } from "./cell/cell-comments.js";
export type { Diagnostic, Position } from "./compiler/diagnostics/diagnostic.js";
export type { ProvidedPackages } from "./compiler/resolution.js";
export type { InterruptQuestions } from "./interrupts/interrupt-questions.js";
export type { OwnFile, OwnFiles } from "./modules/own-files.js";
export type { MapFrame, StackPosition } from "./modules/source-maps.js";
export type { Completeness } from "./questions/completeness.js";
export type { Completion } from "./questions/completion.js";

/** The declarations of a session so far, handed from cell to cell; only the language looks inside. */
export type Declarations = string;

export interface ConvertedCell {
  /** The text that `output` is made of. */
  source?: string;
  /** Body of a function that gets `exports` and `require`; empty when there is nothing to run. */
  output: string;
  /** Those of a cell with errors, too, as far as they can be told. */
  declarations: Declarations;
  /** When not empty, the cell must not run. */
  diagnostics: Diagnostic[];
  hasTopLevelAwait: boolean;
  /** Property of `exports` that holds the value of the last expression. */
  lastExpressionName?: string;
  /** CommonJS text of `@module` cells that the cell imports and that are new or have changed. */
  sideOutputs: { path: string; data: string }[];
  /** The values the cell declares at its top level (properties of `exports`). */
  names: string[];
}

export interface LanguageOptions {
  /** The cells are JavaScript. */
  javascript?: boolean;
  /** Absolute path of a declaration file with the globals that the kernel gives to every cell. */
  globals?: string;
  /** Absolute path of the notebook's folder; that of the process when it is not given. */
  directory?: string;
  provided?: ProvidedPackages;
  /** The strictness that the notebook's metadata ask for; comments in its cells may say otherwise. */
  settings?: Readonly<Record<string, unknown>>;
  /** Parsed files that several languages of a process share. */
  files?: SourceFiles;
}

export interface Language {
  /** Version of the TypeScript that compiles the cells; known without loading it. */
  readonly version: string;
  /**
   * Loads the compiler, and tells whether an earlier process had left its code. This and the next two only do earlier what the
   * first call that needs it does.
   */
  load(): boolean;
  /** Reads the declarations that every cell needs. */
  warm(): void;
  /** Reads the declarations that a cell may need. */
  loadAllTypes(): void;
  /** The mistakes of the `tsconfig.json` of the notebook's folder, with their places. */
  projectProblems(): string[];
  metadata(source: string): CellMetadata;
  /** `fileName` names the cell in stack frames and in `mapStackFrame`. */
  convert(previous: Declarations, source: string, options: { fileName: string }): ConvertedCell;
  /** The declarations after a cell that failed when only `initialised` of its names had got a value. */
  declarationsAfterFailure(
    previous: Declarations,
    cell: ConvertedCell,
    initialised: ReadonlySet<string>,
  ): Declarations;
  addModule(name: string, source: string, metadata: CellMetadata): Diagnostic[];
  complete(previous: Declarations, source: string, offset: number): Completion;
  /** Text about the name at `offset`, or undefined when there is nothing to tell. */
  inspect(previous: Declarations, source: string, offset: number): string | undefined;
  /** The text that declares the name at `offset`; `cells` are those that have declared names, by the name. */
  sourceAt(previous: Declarations, source: string, offset: number, cells: CellSources): string | undefined;
  /** Tells a console to run the text or to ask for another line, and with which indentation. */
  completeness(source: string): Completeness;
  /** The object that holds the session's top-level names. */
  createExports(): Record<string, unknown>;
  /** The user's files that cells have loaded, with those that these and the given requests of cells may load. */
  ownFiles(requests: readonly string[]): OwnFiles;
  /** The files, those of packages included, that a cell imports, directly or not. */
  importedFiles(source: string): string[];
  /** The place in what the user wrote of a place in `ConvertedCell.output` or in a side output. */
  mapStackFrame(position: StackPosition): StackPosition | undefined;
  close(): void;
}
