import { dirname, join, parse, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript";
import type { Compiler } from "./compiler.js";
import { languageOfNode } from "./running-node.js";
import { settingNames, settingsAmong } from "./settings.js";

/** The options that a project's `tsconfig.json` sets for its notebooks too. */
const honoured = [
  "baseUrl",
  "checkJs",
  "customConditions",
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "lib",
  "paths",
  "pathsBasePath",
  "target",
  "typeRoots",
  "types",
  "useDefineForClassFields",
  ...settingNames,
];

export interface CellOptions {
  /** The cells are JavaScript. */
  javascript: boolean;
  /** The cells know what a browser has. */
  isBrowser: boolean;
  /** The notebook's own, which take precedence over those of the project. */
  settings?: Readonly<Record<string, unknown>>;
}

/** The options for the cells of a notebook in `directory`. */
export function cellOptions(
  compiler: Compiler,
  directory: string,
  { javascript, isBrowser, settings }: CellOptions,
): ts.CompilerOptions {
  const project = projectOptions(compiler, directory);
  return {
    strict: false,
    esModuleInterop: true,
    resolveJsonModule: true,
    allowJs: true,
    skipLibCheck: true,
    declaration: true,
    newLine: compiler.NewLineKind.LineFeed,
    ...project,
    ...settingsAmong(settings ?? {}),
    ...languageOptions(compiler, project, isBrowser),
    jsx: runnableJsx(compiler, project.jsx),
    types: [...new Set(["node", ...(project.types ?? [])])],
    typeRoots: [...(project.typeRoots ?? []), ...typeRoots(directory)],
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    customConditions: ["node", "module-sync", ...(project.customConditions ?? [])],
    // Of JavaScript cells, without it, the compiler says early errors alone.
    checkJs: javascript ? undefined : (project.checkJs ?? false),
    allowImportingTsExtensions: true,
    preserveConstEnums: true,
    sourceMap: true,
    rootDir: parse(directory).root,
    // Nothing is written; without it, TypeScript would refuse to compile JavaScript over itself.
    outDir: "outDir",
  };
}

function languageOptions(
  compiler: Compiler,
  project: ts.CompilerOptions,
  isBrowser: boolean,
): ts.CompilerOptions {
  const language = languageOfNode();
  const newest = compiler.ScriptTarget[language.target];
  const browser = isBrowser ? ["lib.dom.d.ts", "lib.dom.iterable.d.ts"] : [];
  return {
    target: Math.max(compiler.ScriptTarget.ES2017, Math.min(project.target ?? newest, newest)),
    lib: [...(project.lib ?? language.lib.map((name) => `lib.${name}.d.ts`)), ...browser],
  };
}

/** A project may leave JSX to its bundler; a cell has none. */
function runnableJsx({ JsxEmit }: Compiler, jsx: ts.JsxEmit = JsxEmit.React): ts.JsxEmit {
  return jsx === JsxEmit.Preserve || jsx === JsxEmit.ReactNative ? JsxEmit.ReactJSX : jsx;
}

function projectOptions(compiler: Compiler, directory: string): ts.CompilerOptions {
  const { options = {} } = readProject(compiler, directory) ?? {};
  return Object.fromEntries(Object.entries(options).filter(([name]) => honoured.includes(name)));
}

/** A project may hold no files for `tsc`, and options of another version. */
const harmless = [5023, 18002, 18003];

/** The mistakes of the `tsconfig.json` of a folder and of those that it extends, by which it means something else; none without one. */
export function projectProblems(compiler: Compiler, directory: string): string[] {
  const { path = "", errors = [] } = readProject(compiler, directory) ?? {};
  return errors
    .filter(({ code }) => !harmless.includes(code))
    .map(({ file, start, code, messageText }) => {
      const { line, character } = file?.getLineAndCharacterOfPosition(start ?? 0) ?? {};
      const place = line === undefined ? "" : `:${line + 1}:${(character ?? 0) + 1}`;
      const message = compiler.flattenDiagnosticMessageText(messageText, " ");
      return `${relative(directory, file?.fileName ?? path)}${place} - error TS${code}: ${message}`;
    });
}

function readProject(
  compiler: Compiler,
  directory: string,
): { path: string; options: ts.CompilerOptions; errors: readonly ts.Diagnostic[] } | undefined {
  const path = compiler.findConfigFile(directory, compiler.sys.fileExists);
  if (!path) {
    return undefined;
  }
  const { config, error } = compiler.readConfigFile(path, compiler.sys.readFile);
  const noFiles = { ...compiler.sys, readDirectory: () => [] };
  const { options, errors } = compiler.parseJsonConfigFileContent(config ?? {}, noFiles, dirname(path));
  return { path, options, errors: error ? [error, ...errors] : errors };
}

/** `@types` folders from the notebook's folder upwards, and last the one that this package brings. */
function typeRoots(directory: string): string[] {
  const own = dirname(fileURLToPath(import.meta.url));
  return [...ancestors(directory), ...ancestors(own)].map((folder) => join(folder, "node_modules/@types"));
}

function ancestors(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

/** Options with some of them set otherwise: the same object as the last time for the same ones, which the compiler need not compare. */
export class VariedOptions {
  readonly #options: ts.CompilerOptions;
  #latest: { key: string; options: ts.CompilerOptions } | undefined;

  constructor(options: ts.CompilerOptions) {
    this.#options = options;
  }

  with(others: ts.CompilerOptions): ts.CompilerOptions {
    const key = JSON.stringify(others);
    if (this.#latest?.key !== key) {
      this.#latest = { key, options: { ...this.#options, ...others } };
    }
    return this.#latest.options;
  }
}
