import { join } from "node:path";
import { type CellMetadata, cellMetadata } from "./cell/cell-comments.js";
import type { ReboundName } from "./cell/imported-name.js";
import { compileCell } from "./compile-cell.js";
import { storeCompiledModules } from "./compiler/compiled-modules.js";
import { compilerVersion, isCompilerStored, loadCompiler, storeCompilerCode } from "./compiler/compiler.js";
import type { Diagnostic } from "./compiler/diagnostics/diagnostic.js";
import { storeOutline } from "./compiler/node-outline/stored-outline.js";
import { projectProblems } from "./compiler/options.js";
import { StandingProgram } from "./compiler/programs/standing-program.js";
import { Project } from "./compiler/project.js";
import { SourceFiles } from "./compiler/source-files.js";
import type { ConvertedCell, Declarations, Language, LanguageOptions } from "./language.js";
import { importedFiles } from "./modules/imported-files.js";
import { LocalModules } from "./modules/local-modules.js";
import { ModuleCells } from "./modules/module-cells.js";
import type { OwnFiles } from "./modules/own-files.js";
import { SourceMaps, type StackPosition } from "./modules/source-maps.js";
import { NotebookVariables } from "./notebook-variables.js";
import { checkModule } from "./questions/check.js";
import { type Completeness, completeness } from "./questions/completeness.js";
import { type Completion, completeCell } from "./questions/completion.js";
import { inspectCell } from "./questions/inspection.js";
import { type CellSources, sourceAt } from "./questions/source-text.js";
import { SessionDeclarations } from "./session/session-declarations.js";

type Mode = "node" | "browser";

/** The cells of one mode: their compiler, and those of them that are modules. */
interface Half {
  project: Project;
  modules: ModuleCells;
  standing: StandingProgram;
}

/** TypeScript as the language of a notebook's cells. */
export class CellLanguage implements Language {
  readonly version = compilerVersion;
  readonly #javascript: boolean;
  readonly #options: LanguageOptions;
  readonly #halves = new Map<Mode, Half>();
  readonly #sourceMaps = new SourceMaps();
  /** The user's files that have changed since they were loaded, and are not bound again yet. */
  readonly #changed = new Set<string>();
  #files: SourceFiles | undefined;
  #session: SessionDeclarations | undefined;
  #localModules: LocalModules | undefined;
  #isStored = false;

  constructor(options: LanguageOptions) {
    this.#options = options;
    this.#javascript = options.javascript ?? false;
    this.#files = options.files;
  }

  load(): boolean {
    this.#half();
    return isCompilerStored();
  }

  warm(): void {
    const { project, standing } = this.#half();
    compileCell(project, this.#declarations(), { previous: "", source: "0;", standing });
    this.#storeCode();
  }

  loadAllTypes(): void {
    this.#half().project.withAllTypes(() => this.warm());
    // More of it has run than when it was first stored.
    storeCompilerCode();
    storeOutline(loadCompiler());
    storeCompiledModules();
  }

  projectProblems(): string[] {
    return projectProblems(loadCompiler(), this.#options.directory ?? process.cwd());
  }

  metadata(source: string): CellMetadata {
    return cellMetadata(loadCompiler(), source);
  }

  convert(previous: Declarations, source: string, { fileName }: { fileName: string }): ConvertedCell {
    const { project, modules, standing } = this.#half();
    const rebound = this.#changedImports(project, previous);
    const input = { previous, source, modules: modules.files, rebound, strict: !this.#javascript, standing };
    const { code, imported, sourceMap, linesBefore, ...cell } = compileCell(
      project,
      this.#declarations(),
      input,
    );
    this.#storeCode();
    if (cell.diagnostics.length > 0) {
      return { ...cell, output: "", sideOutputs: [] };
    }
    this.#changed.clear();
    this.#sourceMaps.set(fileName, sourceMap, linesBefore);
    const texts = modules.takeTexts(imported);
    for (const text of texts) {
      this.#sourceMaps.set(text.path, text.sourceMap, text.linesBefore);
    }
    return {
      ...cell,
      source,
      output: code,
      sideOutputs: texts.map((text) => ({ path: text.path, data: text.code })),
    };
  }

  declarationsAfterFailure(
    previous: Declarations,
    { names, declarations }: ConvertedCell,
    initialised: ReadonlySet<string>,
  ): Declarations {
    const lost = new Set(names.filter((name) => !initialised.has(name)));
    return this.#declarations().afterFailure(previous, declarations, lost);
  }

  addModule(name: string, source: string, metadata: CellMetadata): Diagnostic[] {
    const { project, modules } = this.#half(metadata.mode);
    return checkModule(project, modules.add(name, source, metadata), modules.files);
  }

  complete(previous: Declarations, source: string, offset: number): Completion {
    const { project, modules } = this.#half(this.metadata(source).mode);
    return completeCell(project, { previous, source, offset, modules: modules.files });
  }

  inspect(previous: Declarations, source: string, offset: number): string | undefined {
    const { project, modules } = this.#half(this.metadata(source).mode);
    return inspectCell(project, { previous, source, offset, modules: modules.files });
  }

  sourceAt(previous: Declarations, source: string, offset: number, cells: CellSources): string | undefined {
    const { project, modules } = this.#half(this.metadata(source).mode);
    return sourceAt(project, { previous, source, offset, modules: modules.files }, cells);
  }

  completeness(source: string): Completeness {
    return completeness(loadCompiler(), source);
  }

  createExports(): Record<string, unknown> {
    return new NotebookVariables();
  }

  ownFiles(requests: readonly string[]): OwnFiles {
    const { directory = process.cwd() } = this.#options;
    return this.#localModules?.ownFiles(directory, requests) ?? { files: [], resolutions: [] };
  }

  importedFiles(source: string): string[] {
    const { directory = process.cwd() } = this.#options;
    return importedFiles(loadCompiler(), source, join(directory, "cell.js"));
  }

  mapStackFrame(position: StackPosition): StackPosition | undefined {
    return this.#sourceMaps.find(position);
  }

  close(): void {
    this.#localModules?.uninstall();
    this.#halves.clear();
  }

  #half(mode: Mode = "node"): Half {
    const known = this.#halves.get(mode);
    if (known) {
      return known;
    }
    const { directory = process.cwd(), globals, provided = {}, settings } = this.#options;
    const javascript = this.#javascript;
    this.#files ??= new SourceFiles(loadCompiler());
    const project = new Project(this.#files, {
      directory,
      javascript,
      isBrowser: mode === "browser",
      globals: globals === undefined ? [] : [globals],
      provided,
      settings,
      joinsLibrary: true,
    });
    const modules = new ModuleCells(project, { javascript });
    const half = { project, modules, standing: new StandingProgram(project) };
    this.#halves.set(mode, half);
    return half;
  }

  #declarations(): SessionDeclarations {
    this.#session ??= new SessionDeclarations(loadCompiler());
    return this.#session;
  }

  #storeCode(): void {
    if (!this.#isStored) {
      this.#isStored = true;
      storeCompilerCode();
    }
  }

  /** The imports of earlier cells from files that have changed since. */
  #changedImports(project: Project, previous: Declarations): ReboundName[] {
    if (!this.#localModules) {
      this.#localModules = new LocalModules(project, this.#sourceMaps);
      this.#localModules.install();
    }
    const localModules = this.#localModules;
    for (const path of localModules.refresh()) {
      this.#changed.add(path);
    }
    if (this.#changed.size === 0) {
      return [];
    }
    return this.#declarations()
      .imports(previous)
      .flatMap((name) => {
        const path = localModules.fileOf(name.from, project.directory) ?? project.fileOf(name.from);
        return path !== undefined && this.#changed.has(path) ? [{ ...name, path }] : [];
      });
  }
}
