import type ts from "typescript";
import type { CellSourceFile, Compiler } from "./compiler.js";

export interface Parsing {
  compiler: Compiler;
  options: ts.CompilerOptions;
}

/** A module, whatever it imports or exports, parsed and bound. */
export function parseFile(
  { compiler, options }: Parsing,
  path: string,
  text: string,
  kind?: ts.ScriptKind,
): CellSourceFile {
  const languageVersion = options.target ?? compiler.ScriptTarget.Latest;
  const setExternalModuleIndicator = (parsed: ts.SourceFile) => {
    Object.assign(parsed, { externalModuleIndicator: true });
  };
  // A declaration file says itself that it is a module.
  const settings = path.endsWith(".d.ts") ? languageVersion : { languageVersion, setExternalModuleIndicator };
  const file = compiler.createSourceFile(path, text, settings, false, kind);
  compiler.bindSourceFile(file, options);
  if (!isBound(file)) {
    throw new TypeError(`Expected TypeScript to bind ${path}`);
  }
  return file;
}

function isBound(file: ts.SourceFile): file is CellSourceFile {
  return "locals" in file && file.locals !== undefined;
}

/** The imports of a file of a program; TypeScript keeps them beside its declared API. */
export function importsOf(file: ts.SourceFile & Partial<CellSourceFile>): readonly ts.StringLiteralLike[] {
  return file.imports ?? [];
}
