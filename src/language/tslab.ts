import { createRequire } from "node:module";
import type ts from "typescript-for-cells";
import { CellCompiler, type WatchHost } from "./cell-compiler.js";
import { type Compiler, loadCompiler } from "./compiler/compiler.js";
import { cellOptions } from "./compiler/options.js";
import { SourceFiles } from "./compiler/source-files.js";
import type { CellMetadata, Diagnostic, LanguageOptions } from "./language.js";
import { quickInfo } from "./questions/quick-info.js";

const require = createRequire(import.meta.url);
const replacedCompiler = "@tslab/typescript-for-tslab";

/** tslab's converter, as far as it is used. */
export interface Converter {
  convert(
    previous: string,
    source: string,
  ): {
    output?: string;
    diagnostics: Diagnostic[];
    sideOutputs?: { path: string; data: string }[];
  };
  inspect(previous: string, source: string, offset: number): unknown;
  complete(
    previous: string,
    source: string,
    offset: number,
  ): {
    start: number;
    end: number;
    candidates: string[];
    original?: { entries?: { name: string; kind?: string }[] };
  };
  addModule(name: string, source: string, metadata: CellMetadata): Diagnostic[];
  close(): void;
}

export interface Tslab {
  createConverter(options: { isJS: boolean; isBrowser: boolean }): Converter;
  printQuickInfo(info: unknown): string;
  isCompleteCode(source: string): { indent?: string };
  getCodeMetadata(source: string): CellMetadata;
}

let loaded: Tslab | undefined;
const compilers: CellCompiler[] = [];
/** Options of the language that is creating a converter. */
let current: LanguageOptions = {};

/**
 * tslab's compiler half on the TypeScript of this package. tslab finds, in place of its own fork, an object with
 * what the fork adds to TypeScript's API and with `CellCompiler` in place of the watching builder.
 */
export function loadTslab(): Tslab {
  if (!loaded) {
    const exports = adapt(loadCompiler());
    const path = createRequire(require.resolve("tslab")).resolve(replacedCompiler);
    const place = { id: path, filename: path, path, loaded: true, exports, children: [], paths: [] };
    require.cache[path] = place as unknown as NodeModule;
    loaded = {
      ...require("tslab/dist/converter.js"),
      ...require("tslab/dist/inspect.js"),
      ...require("tslab/dist/metadata.js"),
    } as Tslab;
  }
  return loaded;
}

/** A converter and the compiler under it. */
export function createConverter(
  language: LanguageOptions,
  { isBrowser }: { isBrowser: boolean },
): { converter: Converter; compiler: CellCompiler } {
  current = language;
  const converter = loadTslab().createConverter({ isJS: language.javascript ?? false, isBrowser });
  return { converter, compiler: compilers.at(-1) as CellCompiler };
}

function adapt(compiler: Compiler): object {
  const files = new SourceFiles(compiler);
  const diagnose = (program: ts.Program, sources: readonly ts.SourceFile[]) => {
    const owner = compilers.find((candidate) => candidate.owns(program));
    return sources.flatMap((file) => owner?.diagnose(file) ?? []).map((each) => plain(compiler, each));
  };
  const replaced = {
    __esModule: true,
    sys: Object.assign(Object.create(compiler.sys), { watchFile: () => ({ close() {} }) }),
    createWatchCompilerHost: (
      rootFiles: string[],
      options: ts.CompilerOptions,
      sys: ts.System,
    ): WatchHost => ({
      rootFiles: [...rootFiles],
      options: cellOptions(compiler, sys.getCurrentDirectory(), options, current),
      sys,
    }),
    createWatchProgram(host: WatchHost): CellCompiler {
      const created = new CellCompiler(compiler, host, files, current.globals ? [current.globals] : []);
      compilers.push(created);
      return created;
    },
    getPreEmitDiagnosticsOfFiles: diagnose,
    getPreEmitDiagnostics: (program: ts.Program, file: ts.SourceFile) => diagnose(program, [file]),
    getDefaultTypeRoots: () => [],
    getNullTransformationContext: () => compiler.nullTransformationContext,
    getQuickInfoAtPosition: (file: ts.SourceFile, checker: ts.TypeChecker, _: unknown, position: number) =>
      quickInfo(compiler, file, checker, position),
    Completions: { getCompletionsAtPositionForTslab: compiler.Completions.getCompletionsAtPosition },
    transpileModule: (text: string, settings: ts.TranspileOptions) =>
      compilers.some((candidate) => candidate.isOutput(text))
        ? { outputText: text }
        : compiler.transpileModule(text, withoutForkOptions(settings)),
  };
  return Object.create(compiler, Object.getOwnPropertyDescriptors(replaced));
}

/** The fork's own options, which TypeScript does not know. */
function withoutForkOptions({ compilerOptions, ...settings }: ts.TranspileOptions): ts.TranspileOptions {
  const { noImplicitUseStrict, ...options } = compilerOptions ?? {};
  return { ...settings, compilerOptions: options };
}

const awaitOutsideAsync = 1308;

/**
 * One message for each diagnostic. The converter takes 1308 for a sign of top-level `await` and drops it; here
 * it is always an error, and passes under another number.
 */
export const disguisedAwait = -awaitOutsideAsync;

function plain(compiler: Compiler, diagnostic: ts.Diagnostic): ts.Diagnostic {
  return {
    ...diagnostic,
    code: diagnostic.code === awaitOutsideAsync ? disguisedAwait : diagnostic.code,
    messageText: compiler.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
  };
}
