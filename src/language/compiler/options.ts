import { dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript-for-cells";
import type { Compiler } from "./compiler.js";

/** What a project's `tsconfig.json` may say about its notebooks too. */
const honoured = [
  "baseUrl",
  "customConditions",
  "emitDecoratorMetadata",
  "exactOptionalPropertyTypes",
  "experimentalDecorators",
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "lib",
  "noImplicitAny",
  "noImplicitThis",
  "noUncheckedIndexedAccess",
  "paths",
  "pathsBasePath",
  "strict",
  "strictBindCallApply",
  "strictFunctionTypes",
  "strictNullChecks",
  "strictPropertyInitialization",
  "target",
  "typeRoots",
  "types",
  "useDefineForClassFields",
  "useUnknownInCatchVariables",
];

/** What each major version of Node runs, newest first. */
const languageOfNode = [
  { node: 24, target: "ES2024", lib: ["es2025", "esnext.disposable", "esnext.array", "esnext.error"] },
  {
    node: 22,
    target: "ES2024",
    lib: ["es2024", "es2025.collection", "es2025.iterator", "esnext.disposable", "esnext.array"],
  },
  { node: 0, target: "ES2023", lib: ["es2023", "esnext.disposable"] },
] as const;

/** The options for the cells of a notebook in `directory`; `base` holds those that tslab's converter depends on. */
export function cellOptions(
  compiler: Compiler,
  directory: string,
  base: ts.CompilerOptions,
  { javascript = false }: { javascript?: boolean } = {},
): ts.CompilerOptions {
  const { noImplicitUseStrict, disableTopLevelAwait, experimentalDecorators, ...needed } = base;
  const project = projectOptions(compiler, directory);
  const major = Number.parseInt(process.versions.node, 10);
  const language = languageOfNode.find(({ node }) => major >= node) ?? languageOfNode[2];
  const { ES2017 } = compiler.ScriptTarget;
  const newest = compiler.ScriptTarget[language.target];
  const dom = base.lib?.filter((name) => name.startsWith("lib.dom")) ?? [];
  return {
    ...needed,
    strict: true,
    ...project,
    jsx: runnableJsx(compiler, project.jsx),
    target: Math.max(ES2017, Math.min(project.target ?? newest, newest)),
    lib: [...(project.lib ?? language.lib.map((name) => `lib.${name}.d.ts`)), ...dom],
    types: [...new Set(["node", ...(project.types ?? [])])],
    typeRoots: [...(project.typeRoots ?? []), ...typeRoots(directory)],
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    customConditions: ["node", ...(project.customConditions ?? [])],
    checkJs: javascript ? undefined : base.checkJs,
    allowImportingTsExtensions: true,
    preserveConstEnums: true,
    sourceMap: true,
    rootDir: parse(directory).root,
  };
}

/** A project may leave JSX to its bundler; a cell has none. */
function runnableJsx({ JsxEmit }: Compiler, jsx: ts.JsxEmit = JsxEmit.React): ts.JsxEmit {
  return jsx === JsxEmit.Preserve || jsx === JsxEmit.ReactNative ? JsxEmit.ReactJSX : jsx;
}

function projectOptions(compiler: Compiler, directory: string): ts.CompilerOptions {
  const path = compiler.findConfigFile(directory, compiler.sys.fileExists);
  if (!path) {
    return {};
  }
  const { config } = compiler.readConfigFile(path, compiler.sys.readFile);
  const noFiles = { ...compiler.sys, readDirectory: () => [] };
  const { options } = compiler.parseJsonConfigFileContent(config ?? {}, noFiles, dirname(path));
  return Object.fromEntries(Object.entries(options).filter(([name]) => honoured.includes(name)));
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
