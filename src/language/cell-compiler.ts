import { basename, dirname, relative } from "node:path";
import type ts from "typescript-for-cells";
import { modulePrefix, type ParsedCell, parseCell, parseFile } from "./cell/cell-file.js";
import { consoleDeclaration, mayDoWithoutNode } from "./compiler/bare-types.js";
import type { CellSourceFile, Compiler } from "./compiler/compiler.js";
import { Resolution } from "./compiler/resolution.js";
import { isInstalled, type SourceFiles } from "./compiler/source-files.js";
import type { Diagnostic } from "./language.js";
import { type CompiledCell, emitCell } from "./transform/emit-cell.js";

/** What tslab's converter expects of TypeScript's watching builder. */
export interface Builder {
  getSourceFile(path: string): ts.SourceFile | undefined;
  getProgram(): ts.Program;
  getAllDependencies(file: ts.SourceFile): string[];
  emit(file: ts.SourceFile, write: ts.WriteFileCallback): void;
}

/** What tslab's converter hands to TypeScript's watch functions. */
export interface WatchHost {
  rootFiles: string[];
  options: ts.CompilerOptions;
  sys: ts.System;
  afterProgramCreate?(builder: Builder): void;
}

/**
 * Stands in for TypeScript's watching builder under tslab's converter. The converter owns two texts, the cell
 * and the declarations of earlier cells, and asks for a new builder whenever it has changed them. A program is
 * built only when somebody looks at it; everything but the two texts is reused.
 */
export class CellCompiler {
  readonly #compiler: Compiler;
  readonly #host: WatchHost;
  readonly #files: SourceFiles;
  readonly #resolution: Resolution;
  readonly #globals: readonly string[];
  readonly #cellPath: string;
  readonly #previousPath: string;
  readonly #console: CellSourceFile;
  #rootFiles: readonly string[];
  #cell!: ParsedCell;
  #previous!: CellSourceFile;
  #program: ts.Program | undefined;
  #lastProgram: ts.Program | undefined;
  #isScheduled = false;
  #hasAllTypes = false;
  #diagnostics: ts.Diagnostic[] = [];
  #compiled: CompiledCell | undefined;
  #hidden: Pick<CellSourceFile, "locals" | "statements"> | undefined;

  constructor(compiler: Compiler, host: WatchHost, files: SourceFiles, globals: readonly string[]) {
    this.#compiler = compiler;
    this.#host = host;
    this.#files = files;
    this.#globals = globals;
    this.#rootFiles = host.rootFiles;
    [this.#previousPath = "", this.#cellPath = ""] = host.rootFiles;
    this.#resolution = new Resolution(compiler, host.options, host.sys, dirname(this.#cellPath));
    const consolePath = `${this.#cellPath}.console.d.ts`;
    this.#console = parseFile(compiler, consolePath, consoleDeclaration, host.options);
    for (const path of host.rootFiles) {
      host.sys.watchFile?.(path, () => this.#schedule());
    }
    this.#rebuild();
  }

  get options(): ts.CompilerOptions {
    return this.#host.options;
  }

  updateRootFileNames(paths: readonly string[]): void {
    this.#rootFiles = paths;
    this.loadAllTypes();
    this.#schedule();
  }

  close(): void {
    this.#program = undefined;
    this.#lastProgram = undefined;
  }

  owns(program: ts.Program): boolean {
    return this.#program === program;
  }

  isOutput(text: string): boolean {
    return this.#compiled?.output === text;
  }

  /** What the last conversion compiled, if it came so far. */
  takeCompiled(): CompiledCell | undefined {
    const compiled = this.#compiled;
    this.#compiled = undefined;
    Object.assign(this.#previous, this.#hidden);
    this.#hidden = undefined;
    return compiled;
  }

  /** Reads all declarations there are, which a cell that needs them does otherwise. */
  loadAllTypes(): void {
    if (!this.#hasAllTypes) {
      this.#hasAllTypes = true;
      this.#program = undefined;
      this.#lastProgram = undefined;
    }
  }

  /** Runs `body` with all declarations, which cells may go on without as before. */
  withAllTypes(body: () => void): void {
    const [hadAllTypes, program, lastProgram] = [this.#hasAllTypes, this.#program, this.#lastProgram];
    this.loadAllTypes();
    body();
    this.#hasAllTypes = hadAllTypes;
    this.#program = program;
    this.#lastProgram = lastProgram;
  }

  /** Syntax, meaning, and what a cell refuses, of the cell or another file. */
  diagnose(file: ts.SourceFile): ts.Diagnostic[] {
    const found = this.#find(file);
    if (found.length > 0 && !this.#hasAllTypes) {
      this.loadAllTypes();
      return this.diagnose(file);
    }
    this.#diagnostics.push(...found);
    return found;
  }

  #find(file: ts.SourceFile): ts.Diagnostic[] {
    const program = this.#currentProgram();
    const category = this.#compiler.DiagnosticCategory.Error;
    const refusals = file === this.#cell.file ? this.#cell.refusals : [];
    return [
      ...refusals.map((refusal) => ({ ...refusal, file, category })),
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ];
  }

  /** What was found in files outside the notebook's folder, which tslab's converter leaves out. */
  takeDiagnosticsElsewhere(): Diagnostic[] {
    const found = this.#diagnostics;
    this.#diagnostics = [];
    return found.flatMap(({ file, start = 0, length = 0, code, category, messageText }) => {
      const fileName = relative(dirname(this.#cellPath), file?.fileName ?? this.#cellPath);
      if (!file || !fileName.startsWith("..")) {
        return [];
      }
      const position = (offset: number) => ({ offset, ...file.getLineAndCharacterOfPosition(offset) });
      const message = this.#compiler.flattenDiagnosticMessageText(messageText, "\n");
      const [from, to] = [position(start), position(start + length)];
      return [{ start: from, end: to, messageText: message, category, code, fileName }];
    });
  }

  /** The file of the user's own that a cell means by a module's name. */
  fileOf(specifier: string): string | undefined {
    const { resolvedModule } = this.#resolution.find(specifier, this.#cellPath);
    return resolvedModule?.isExternalLibraryImport ? undefined : resolvedModule?.resolvedFileName;
  }

  // tslab allows one pending timer, which it fires itself.
  #schedule(): void {
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      this.#host.sys.setTimeout?.(() => {
        this.#isScheduled = false;
        this.#rebuild();
      }, 0);
    }
  }

  #rebuild(): void {
    const { sys, options } = this.#host;
    this.#resolution.refresh();
    this.#diagnostics = [];
    this.#program = undefined;
    const text = sys.readFile(this.#cellPath) ?? modulePrefix;
    this.#cell = parseCell(this.#compiler, this.#cellPath, text, options);
    const declarations = sys.readFile(this.#previousPath) ?? modulePrefix;
    if (this.#previous?.text !== declarations) {
      this.#previous = parseFile(this.#compiler, this.#previousPath, declarations, options);
    }
    this.#host.afterProgramCreate?.({
      getSourceFile: (path) => this.#ownFile(path) ?? this.#currentProgram().getSourceFile(path),
      getProgram: () => this.#currentProgram(),
      getAllDependencies: (file) => this.#dependencies(file),
      emit: (file, write) => this.#emit(file, write),
    });
  }

  #ownFile(path: string): CellSourceFile | undefined {
    if (path === this.#cellPath) {
      return this.#cell.file;
    }
    if (path === this.#previousPath) {
      return this.#previous;
    }
    return path === this.#console.fileName ? this.#console : undefined;
  }

  #currentProgram(): ts.Program {
    this.#program ??= this.#createProgram();
    this.#lastProgram = this.#program;
    return this.#program;
  }

  #createProgram(): ts.Program {
    if (this.#cell.file.text.includes("getBuiltinModule")) {
      this.#files.completeNodeTypes();
    }
    if (!mayDoWithoutNode(this.#cell.file, this.#host.options)) {
      this.loadAllTypes();
    }
    const options = this.#hasAllTypes ? this.#host.options : { ...this.#host.options, types: [] };
    const program = this.#compiler.createProgram({
      rootNames: [
        ...this.#rootFiles,
        ...this.#globals,
        ...(this.#hasAllTypes ? [] : [this.#console.fileName]),
      ],
      options,
      host: this.#programHost(),
      oldProgram: this.#lastProgram,
    });
    const modules = [...this.#resolution.takeMentioned()];
    const changes = modules.filter((module) => this.#files.completeNodeTypes(module));
    return changes.length > 0 ? this.#createProgram() : program;
  }

  #programHost(): ts.CompilerHost {
    const { sys, options } = this.#host;
    const library = this.#compiler.getDefaultLibFilePath(options);
    return {
      getSourceFile: (path, settings) => this.#ownFile(path) ?? this.#readSourceFile(path, settings),
      getDefaultLibFileName: () => library,
      getDefaultLibLocation: () => dirname(library),
      writeFile: () => {},
      getCurrentDirectory: () => sys.getCurrentDirectory(),
      getCanonicalFileName: (path) => path,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      fileExists: (path) => sys.fileExists(path),
      readFile: (path) => sys.readFile(path),
      realpath: (path) => sys.realpath?.(path) ?? path,
      directoryExists: (path) => sys.directoryExists(path),
      getDirectories: (path) => sys.getDirectories(path),
      resolveModuleNameLiterals: (literals, path, redirected, settings, file) =>
        this.#resolution.resolve(literals, path, redirected, settings, file),
      getModuleResolutionCache: () => this.#resolution.cache,
      hasInvalidatedResolutions: (path) => this.#resolution.hasUnresolved(path),
    };
  }

  #readSourceFile(
    path: string,
    settings: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined {
    const file = this.#files.get(path, settings, (name) => this.#host.sys.readFile(name));
    if (!file) {
      this.#resolution.noteMissing(path);
    }
    return file;
  }

  /** The cell and the source files of the user's own that it imports, directly or not. */
  #dependencies(file: ts.SourceFile): string[] {
    const program = this.#currentProgram();
    const found = new Set([file.fileName]);
    for (const path of found) {
      const importer = program.getSourceFile(path) as CellSourceFile | undefined;
      for (const { text } of importer?.imports ?? []) {
        const { resolvedModule } = this.#resolution.find(text, path);
        const imported = resolvedModule && program.getSourceFile(resolvedModule.resolvedFileName);
        if (imported && !imported.isDeclarationFile && !isInstalled(imported.fileName)) {
          found.add(imported.fileName);
        }
      }
    }
    return [...found].filter((path) => /\.([cm]?[jt]s|[jt]sx)$/.test(path));
  }

  #emit(file: ts.SourceFile, write: ts.WriteFileCallback): void {
    // Sources may lie anywhere (`rootDir` is the root of the disk); tslab expects those of the notebook's folder.
    const inOutputFolder = (path: string) => `${this.#host.options.outDir}/${basename(path)}`;
    const program = this.#currentProgram();
    if (file !== this.#cell.file) {
      const isInMemory = !this.#compiler.sys.fileExists(file.fileName);
      if (isInMemory) {
        program.emit(file, (path, ...rest) => write(inOutputFolder(path), ...rest));
      }
      return;
    }
    const files = { cell: file as CellSourceFile, previous: this.#previous };
    const isLocal = (specifier: string) =>
      /^\.{0,2}\//.test(specifier) || this.fileOf(specifier) !== undefined;
    this.#compiled = emitCell(this.#compiler, program, files, isLocal);
    const stem = inOutputFolder(this.#cellPath.replace(/\.[jt]s$/, ""));
    write(`${stem}.js`, this.#compiled.output, false);
    write(`${stem}.d.ts`, this.#compiled.declarations, false);
    this.#hidePrevious();
  }

  // tslab's converter would now edit the syntax tree of the earlier declarations to find those that remain.
  #hidePrevious(): void {
    const { locals, statements } = this.#previous;
    this.#hidden = { locals, statements };
    Object.assign(this.#previous, {
      locals: new Map(),
      statements: this.#compiler.factory.createNodeArray(),
    });
  }
}
