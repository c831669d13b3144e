import { CheckingHalves, type Mode } from "./checking-halves.js";
import { type Compiler, loadCompiler, storeCompilerCode } from "./compiler/compiler.js";
import { type LookupStates, Lookups } from "./compiler/lookups.js";
import { projectProblems } from "./compiler/options.js";
import { Project } from "./compiler/project.js";
import { SourceFiles } from "./compiler/source-files.js";
import type { LanguageOptions } from "./language.js";
import { NotebookChecker } from "./notebook-checker.js";

export interface CheckedNotebookOptions {
  /** Absolute path of the notebook's folder. */
  directory: string;
  /** The cells are JavaScript. Default: false. */
  javascript?: boolean;
  /** The strictness that the notebook's metadata ask for. */
  settings?: Readonly<Record<string, unknown>>;
}

/** Checks notebooks' cells without running them; the notebooks share what is read from disk. */
export class TypeChecker {
  readonly #options: Pick<LanguageOptions, "globals" | "provided">;
  readonly #projects = new Map<string, Project>();
  readonly #lookups = new Lookups();
  #files: SourceFiles | undefined;

  constructor(options: Pick<LanguageOptions, "globals" | "provided"> = {}) {
    this.#options = options;
  }

  /** The checker of one notebook. */
  notebook(options: CheckedNotebookOptions): NotebookChecker {
    const javascript = options.javascript ?? false;
    const projectOf = (mode: Mode) => this.#project({ ...options, javascript }, mode);
    return new NotebookChecker(new CheckingHalves(loadCompiler(), javascript, projectOf));
  }

  /** The mistakes of the `tsconfig.json` that holds for a folder: messages with their places. */
  projectProblems(directory: string): string[] {
    return projectProblems(this.#sourceFiles.compiler, directory);
  }

  /** All that was read or looked for on disk so far, with the state it had. */
  get lookups(): LookupStates {
    return this.#lookups.states;
  }

  /** Lets later processes begin faster. */
  close(): void {
    if (this.#files) {
      storeCompilerCode();
    }
  }

  #project(notebook: CheckedNotebookOptions & { javascript: boolean }, mode: Mode): Project {
    const key = JSON.stringify([notebook, mode]);
    const known = this.#projects.get(key);
    if (known) {
      return known;
    }
    const { globals, provided = {} } = this.#options;
    const project = new Project(this.#sourceFiles, {
      ...notebook,
      isBrowser: mode === "browser",
      globals: globals === undefined ? [] : [globals],
      provided,
    });
    this.#projects.set(key, project);
    return project;
  }

  get #sourceFiles(): SourceFiles {
    this.#files ??= new SourceFiles(this.#recordingCompiler());
    return this.#files;
  }

  #recordingCompiler(): Compiler {
    const compiler = loadCompiler();
    const sys = this.#lookups.recording(compiler.sys);
    return Object.create(compiler, { sys: { value: sys } });
  }
}
