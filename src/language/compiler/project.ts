import { isBuiltin } from "node:module";
import { dirname } from "node:path";
import type ts from "typescript";
import type { CellSourceFile, Compiler } from "./compiler.js";
import type { JoinedLibrary } from "./library/joined-library.js";
import { ProgramTypes } from "./node-outline/program-types.js";
import { type CellOptions, cellOptions, VariedOptions } from "./options.js";
import { parseFile } from "./parse-file.js";
import { programHost } from "./programs/program-host.js";
import { type ProvidedPackages, Resolution } from "./resolution.js";
import { settingsAfter } from "./settings.js";
import { isInstalled, type SourceFiles } from "./source-files.js";
import {
  consoleDeclaration,
  type NodeTypesNeeded,
  needsWebAssembly,
  nodeTypesFor,
  webAssemblyDeclaration,
} from "./without-node.js";

export interface ProjectSettings extends CellOptions {
  /** Absolute path of the notebook's folder. */
  directory: string;
  /** Absolute paths of declaration files that every cell sees. */
  globals: readonly string[];
  provided: ProvidedPackages;
  /** Nobody asks for places in the declarations of the language, and in those of Node that a cell needs. */
  joinsLibrary?: boolean;
}

/** The texts of a program that lie in no file. */
export interface MemoryFiles {
  cell: CellSourceFile;
  /** The declarations of earlier cells. */
  previous: CellSourceFile;
  /** Cells that are modules of their own. */
  modules: readonly CellSourceFile[];
}

/**
 * TypeScript over one folder: options, resolution, and the last program, of which the next one takes what has not
 * changed. It remembers nothing of a notebook, so several notebooks of a folder may share it.
 */
export class Project {
  readonly compiler: Compiler;
  readonly directory: string;
  readonly options: ts.CompilerOptions;
  readonly cellPath: string;
  readonly files: SourceFiles;
  readonly provided: ProvidedPackages;
  readonly #globals: readonly string[];
  readonly #resolution: Resolution;
  readonly #console: CellSourceFile;
  readonly #library: JoinedLibrary | undefined;
  readonly #host: ts.CompilerHost;
  #memory: ReadonlyMap<string, CellSourceFile> = new Map();
  #webAssemblyFile: CellSourceFile | undefined;
  #previous: readonly CellSourceFile[] = [];
  readonly #varied: VariedOptions;
  #lastProgram: ts.Program | undefined;
  readonly #types: ProgramTypes;

  constructor(files: SourceFiles, settings: ProjectSettings) {
    const { compiler } = files;
    this.compiler = compiler;
    this.directory = settings.directory;
    this.options = cellOptions(compiler, settings.directory, settings);
    this.#varied = new VariedOptions(this.options);
    this.cellPath = this.pathOf(`__cell__.${settings.javascript ? "js" : "ts"}`);
    this.files = files;
    this.provided = settings.provided;
    this.#globals = settings.globals;
    this.#types = new ProgramTypes(files, settings.joinsLibrary ?? false);
    if (settings.joinsLibrary) {
      this.#library = files.joinedLibrary(this.#libraryFolder, this.options.lib ?? []);
    }
    const fileExists = (path: string) => this.#memory.has(path) || compiler.sys.fileExists(path);
    this.#resolution = new Resolution(compiler, this.options, { ...compiler.sys, fileExists }, settings);
    this.#console = parseFile(this, `${this.cellPath}.console.d.ts`, consoleDeclaration);
    this.#host = programHost(this, this.#resolution, {
      getSourceFile: (path, reading) => this.#inMemory(path) ?? this.#readSourceFile(path, reading),
      fileExists,
    });
  }

  /** The path of a file in the notebook's folder, with TypeScript's slashes. */
  pathOf(name: string): string {
    return `${this.directory.replaceAll("\\", "/").replace(/\/$/, "")}/${name}`;
  }

  /** The declarations of earlier cells as a file; the last two are kept. */
  previousFile(declarations: string): CellSourceFile {
    // The last line makes a module of it; references stand at the top.
    const text = `${declarations}export {};`;
    const known = this.#previous.find((file) => file.text === text);
    const file = known ?? parseFile(this, this.pathOf("__previous__.d.ts"), text);
    this.#previous = [file, ...this.#previous.filter((each) => each !== file).slice(0, 1)];
    return file;
  }

  /** Reads all declarations there are, which a cell that needs them does otherwise; false when it has done so. */
  loadAllTypes(): boolean {
    return this.#need("all");
  }

  /** Runs `body` with all declarations, which cells may go on without as before. */
  withAllTypes(body: () => void): void {
    const [{ level }, lastProgram] = [this.#types, this.#lastProgram];
    this.loadAllTypes();
    body();
    this.#types.restore(level);
    this.#resolution.bringsNodeLast = level === "reachable";
    this.#lastProgram = lastProgram;
  }

  /** Looks again for what was missing: it may have been installed or written since. */
  refresh(): void {
    this.#resolution.refresh();
  }

  program({ cell, previous, modules }: MemoryFiles): ts.Program {
    const paths = modules.map(({ fileName }) => fileName);
    this.#setMemory([previous, cell, ...modules]);
    if (cell.text.includes("getBuiltinModule")) {
      this.files.completeNodeTypes();
    }
    this.#need(modules.length > 0 ? "all" : nodeTypesFor(cell, this.options));
    this.#types.begin([previous, cell]);
    const roots = [previous.fileName, cell.fileName, ...paths, ...this.#globals];
    if (needsWebAssembly([cell, previous, ...modules], this.options)) {
      roots.push(this.#webAssembly.fileName);
    }
    const program = this.compiler.createProgram({
      rootNames: this.#hasNode ? roots : [...roots, this.#console.fileName],
      options: this.#optionsFor(cell, previous),
      host: this.#host,
      oldProgram: this.#lastProgram,
    });
    this.#lastProgram = program;
    if (this.#types.suffices(this.#resolution.takeMentioned())) {
      return program;
    }
    this.#need(this.#types.isEnough ? "none" : "all");
    return this.program({ cell, previous, modules });
  }

  /** The last program, where that of a cell without imports would differ by the texts alone. */
  lastProgramFor(cell: CellSourceFile, previous: CellSourceFile): ts.Program | undefined {
    const hasTypes = this.#types.has(nodeTypesFor(cell, this.options), [previous, cell]);
    const isSame = this.#lastProgram?.getCompilerOptions() === this.#optionsFor(cell, previous);
    return hasTypes && isSame ? this.#lastProgram : undefined;
  }

  /** True of a file that stays the same while this process lives: of a package, or brought to all cells. */
  isSettled(file: ts.SourceFile): boolean {
    return isInstalled(file.fileName) || file === this.#console || this.#globals.includes(file.fileName);
  }

  /** The file of the user's own that a cell means by a module's name. */
  fileOf(specifier: string): string | undefined {
    const { resolvedModule } = this.#resolution.find(specifier, this.cellPath);
    return resolvedModule?.isExternalLibraryImport ? undefined : resolvedModule?.resolvedFileName;
  }

  /** False of what the `imports` of a package.json name, whose conditions are Node's to read. */
  isOwnFile(specifier: string): boolean {
    return !specifier.startsWith("#") && (/^\.{0,2}\//.test(specifier) || !!this.fileOf(specifier));
  }

  /** True of what can be loaded without waiting: no ECMAScript module, and no package that may be one. */
  isLoadedAtOnce(specifier: string): boolean {
    if (isBuiltin(specifier) || this.#resolution.isProvided(specifier)) {
      return true;
    }
    return this.isOwnFile(specifier) && !/\.m?jsx?$/.test(this.fileOf(specifier) ?? specifier);
  }

  /** True of Node's own modules and of packages, which Node alone loads. */
  hasNodesNamespace(specifier: string): boolean {
    return isBuiltin(specifier) || !(this.#resolution.isProvided(specifier) || this.isOwnFile(specifier));
  }

  isInMemory(file: ts.SourceFile): boolean {
    return this.#memory.has(file.fileName);
  }

  /** The file that an import in a file leads to. */
  importedFile(specifier: string, importer: ts.SourceFile): string | undefined {
    return this.#resolution.find(specifier, importer.fileName).resolvedModule?.resolvedFileName;
  }

  #need(types: NodeTypesNeeded): boolean {
    const isOther = this.#types.need(types);
    if (isOther) {
      this.#lastProgram = undefined;
      this.#resolution.bringsNodeLast = this.#types.level === "reachable";
    }
    return isOther;
  }

  get #hasNode(): boolean {
    return this.#types.level !== "none";
  }

  #optionsFor(cell: CellSourceFile, previous: CellSourceFile): ts.CompilerOptions {
    const settings = settingsAfter(previous.text, cell.text);
    return this.#varied.with(this.#hasNode ? settings : { ...settings, types: [] });
  }

  get #webAssembly(): CellSourceFile {
    if (!this.#webAssemblyFile) {
      const text = webAssemblyDeclaration(this.compiler, this.#libraryFolder);
      this.#webAssemblyFile = parseFile(this, `${this.cellPath}.wasm.d.ts`, text);
    }
    return this.#webAssemblyFile;
  }

  #setMemory(files: readonly CellSourceFile[]): void {
    const memory = new Map([...files, this.#console].map((file) => [file.fileName, file]));
    const before = [...this.#memory.keys()].join();
    this.#memory = memory;
    if (before !== "" && before !== [...memory.keys()].join()) {
      this.#resolution.reset();
    }
  }

  get #libraryFolder(): string {
    return dirname(this.compiler.getDefaultLibFilePath(this.options));
  }

  #inMemory(path: string): CellSourceFile | undefined {
    return (
      this.#memory.get(path) ?? (path === this.#webAssemblyFile?.fileName ? this.#webAssemblyFile : undefined)
    );
  }

  #readSourceFile(
    path: string,
    settings: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined {
    const known = this.#library?.get(path, settings) ?? this.#types.get(path, settings);
    const file = known ?? this.files.get(path, settings);
    if (!file) {
      this.#resolution.noteMissing(path);
    } else if (!known && dirname(path) !== this.#libraryFolder) {
      this.#types.show(file);
    }
    return file;
  }
}
