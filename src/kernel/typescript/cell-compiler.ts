import { basename, dirname, relative } from "node:path";
import type ts from "typescript-for-cells";
import { bindNames } from "./bindings.js";
import { type Refusal, withoutExports } from "./cell-text.js";
import type { CellSourceFile, Compiler } from "./compiler.js";
import type { CellFacts } from "./facts.js";
import { loadImports } from "./imports.js";
import type { Diagnostic } from "./language.js";
import { Resolution } from "./resolution.js";
import { isInstalled, type SourceFiles } from "./source-files.js";
import { TopLevelNames } from "./top-level.js";

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

/** What a compiled cell consists of beside tslab's own result. */
export interface CompiledCell extends CellFacts {
  output: string;
  sourceMap: string;
  declarations: string;
  names: string[];
  /** What the cell declares to exist elsewhere. */
  ambient: ReadonlySet<string>;
}

const statementsOfPrefix = 1;
const prefix = "export {};";

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
  #rootFiles: readonly string[];
  #cell!: CellSourceFile;
  #previous!: CellSourceFile;
  #program: ts.Program | undefined;
  #lastProgram: ts.Program | undefined;
  #isScheduled = false;
  #refusals: Refusal[] = [];
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
    const directory = dirname(this.#cellPath);
    this.#resolution = new Resolution(compiler, host.options, host.sys, directory);
    for (const path of host.rootFiles) {
      host.sys.watchFile?.(path, () => this.#schedule());
    }
    this.#rebuild();
  }

  updateRootFileNames(paths: readonly string[]): void {
    this.#rootFiles = paths;
    this.#schedule();
  }

  close(): void {
    this.#program = undefined;
    this.#lastProgram = undefined;
  }

  /** What the last conversion compiled, if it came so far. */
  takeCompiled(): CompiledCell | undefined {
    const compiled = this.#compiled;
    this.#compiled = undefined;
    if (this.#hidden) {
      Object.assign(this.#previous, this.#hidden);
      this.#hidden = undefined;
    }
    return compiled;
  }

  isOutput(text: string): boolean {
    return this.#compiled?.output === text;
  }

  owns(program: ts.Program): boolean {
    return this.#program === program;
  }

  /** Syntax, meaning, and what a cell refuses, of the cell or another file. */
  diagnose(file: ts.SourceFile): ts.Diagnostic[] {
    const refusals = file === this.#cell ? this.#refusals : [];
    const program = this.#currentProgram();
    const found = [
      ...refusals.map((refusal) => ({ ...refusal, file, category: this.#compiler.DiagnosticCategory.Error })),
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ];
    this.#diagnostics.push(...found);
    return found;
  }

  /** What was found in files outside the notebook's folder, which tslab's converter leaves out. */
  takeDiagnosticsElsewhere(): Diagnostic[] {
    const directory = dirname(this.#cellPath);
    return this.#diagnostics
      .splice(0)
      .flatMap(({ file, start = 0, length = 0, code, category, messageText }) => {
        const fileName = file && relative(directory, file.fileName);
        const position = (offset: number) => ({
          offset,
          ...(file as ts.SourceFile).getLineAndCharacterOfPosition(offset),
        });
        const message = this.#compiler.flattenDiagnosticMessageText(messageText, "\n");
        return fileName?.startsWith("..")
          ? [
              {
                start: position(start),
                end: position(start + length),
                messageText: message,
                category,
                code,
                fileName,
              },
            ]
          : [];
      });
  }

  get options(): ts.CompilerOptions {
    return this.#host.options;
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
    const { sys } = this.#host;
    this.#resolution.refresh();
    this.#diagnostics = [];
    this.#program = undefined;
    this.#cell = this.#parseCell(sys.readFile(this.#cellPath) ?? prefix);
    const declarations = sys.readFile(this.#previousPath) ?? prefix;
    if (this.#previous?.text !== declarations) {
      this.#previous = this.#parse(this.#previousPath, declarations);
    }
    this.#host.afterProgramCreate?.({
      getSourceFile: (path) => this.#sourceFile(path),
      getProgram: () => this.#currentProgram(),
      getAllDependencies: (file) => this.#dependencies(file),
      emit: (file, write) => this.#emit(file, write),
    });
  }

  #parse(path: string, text: string, kind?: ts.ScriptKind): CellSourceFile {
    const target = this.#host.options.target ?? this.#compiler.ScriptTarget.ES2022;
    const file = this.#compiler.createSourceFile(path, text, target, false, kind) as CellSourceFile;
    this.#compiler.bindSourceFile(file, this.#host.options);
    return file;
  }

  #parseCell(text: string): CellSourceFile {
    let file = this.#parse(this.#cellPath, text);
    let kind: ts.ScriptKind | undefined;
    if (file.parseDiagnostics.length > 0 && this.#cellPath.endsWith(".ts") && text.includes("<")) {
      const withJsx = this.#parse(this.#cellPath, text, this.#compiler.ScriptKind.TSX);
      if (withJsx.parseDiagnostics.length === 0) {
        file = withJsx;
        kind = this.#compiler.ScriptKind.TSX;
      }
    }
    const { text: plain, refusals } = withoutExports(this.#compiler, file, statementsOfPrefix);
    if (plain !== text) {
      file = this.#parse(this.#cellPath, plain, kind);
    }
    this.#refusals = refusals;
    file.locals.delete("__global");
    if (isUnchecked(this.#compiler, text)) {
      file.checkJsDirective = { enabled: false, pos: 0, end: 0 };
    }
    return file;
  }

  #sourceFile(path: string): ts.SourceFile | undefined {
    if (path === this.#cellPath) {
      return this.#cell;
    }
    return path === this.#previousPath ? this.#previous : this.#currentProgram().getSourceFile(path);
  }

  #currentProgram(): ts.Program {
    if (!this.#program) {
      this.#program = this.#compiler.createProgram({
        rootNames: [...this.#rootFiles, ...this.#globals],
        options: this.#host.options,
        host: this.#programHost(),
        oldProgram: this.#lastProgram,
      });
      this.#lastProgram = this.#program;
    }
    return this.#program;
  }

  #programHost(): ts.CompilerHost {
    const { sys, options } = this.#host;
    const compiler = this.#compiler;
    return {
      getSourceFile: (path, settings) => this.#readSourceFile(path, settings),
      getDefaultLibFileName: () => compiler.getDefaultLibFilePath(options),
      getDefaultLibLocation: () => dirname(compiler.getDefaultLibFilePath(options)),
      writeFile: () => {},
      getCurrentDirectory: () => sys.getCurrentDirectory(),
      getCanonicalFileName: (path) => path,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      fileExists: (path) => sys.fileExists(path),
      readFile: (path) => sys.readFile(path),
      realpath: sys.realpath && ((path) => sys.realpath?.(path) ?? path),
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
    if (path === this.#cellPath) {
      return this.#cell;
    }
    if (path === this.#previousPath) {
      return this.#previous;
    }
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
      for (const literal of importer?.imports ?? []) {
        const { resolvedModule } = this.#resolution.find(literal.text, path);
        const imported = resolvedModule && program.getSourceFile(resolvedModule.resolvedFileName);
        if (imported && !imported.isDeclarationFile && !isInstalled(imported.fileName)) {
          found.add(imported.fileName);
        }
      }
    }
    return [...found].filter((path) => /\.([cm]?[jt]s|[jt]sx)$/.test(path));
  }

  #emit(file: ts.SourceFile, write: ts.WriteFileCallback): void {
    if (file === this.#cell) {
      this.#emitCell(write);
    } else if (!this.#compiler.sys.fileExists(file.fileName)) {
      this.#currentProgram().emit(file, (path, ...rest) => write(this.#inOutputFolder(path), ...rest));
    }
  }

  #emitCell(write: ts.WriteFileCallback): void {
    const program = this.#currentProgram() as ts.Program & { emit(...args: unknown[]): void };
    const names = new TopLevelNames(this.#compiler, program.getTypeChecker(), this.#cell, this.#previous);
    const facts: CellFacts = {
      hasTopLevelAwait: false,
      usesJsx: false,
      helpers: new Set(),
      isLocal: (specifier) => /^\.{0,2}\//.test(specifier) || this.fileOf(specifier) !== undefined,
    };
    const compiled = Object.assign(facts, {
      output: "",
      sourceMap: "",
      declarations: "",
      names: names.declared(),
      ambient: names.ambient(),
    });
    const jsxRoot = (this.#host.options.jsxFactory ?? "React").split(".")[0] as string;
    const collect: ts.WriteFileCallback = (path, text, ...rest) => {
      const kind = path.endsWith(".map") ? "sourceMap" : path.endsWith(".d.ts") ? "declarations" : "output";
      compiled[kind] = text;
      if (basename(path) !== basename(this.#cellPath) || kind !== "sourceMap") {
        write(this.#inOutputFolder(path), text, ...rest);
      }
    };
    const transformers: ts.CustomTransformers = {
      before: [bindNames(this.#compiler, names, facts)],
      after: [loadImports(this.#compiler, names, facts, jsxRoot)],
    };
    const evenWithDeclarationErrors = true;
    program.emit(this.#cell, collect, undefined, undefined, transformers, evenWithDeclarationErrors);
    compiled.declarations += names.declarationsFromBlocks();
    this.#compiled = compiled;
    this.#hidePrevious();
  }

  // Sources may lie anywhere (`rootDir` is the root of the disk); tslab expects those of the notebook's folder.
  #inOutputFolder(path: string): string {
    return `${this.#host.options.outDir}/${basename(path)}`;
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

function isUnchecked(compiler: Compiler, text: string): boolean {
  const cell = text.slice(text.indexOf("\n") + 1);
  return (compiler.getLeadingCommentRanges(cell, 0) ?? []).some(({ pos, end }) =>
    /^\/\/\s*@ts-nocheck\b/.test(cell.slice(pos, end)),
  );
}
