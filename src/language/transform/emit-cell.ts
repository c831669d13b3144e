import type ts from "typescript-for-cells";
import { TopLevelNames } from "../cell/top-level.js";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import { bindNames } from "./bindings.js";
import type { CellFacts } from "./facts.js";
import { loadImports } from "./imports.js";

/** What a compiled cell consists of beside tslab's own result. */
export interface CompiledCell extends CellFacts {
  output: string;
  sourceMap: string;
  declarations: string;
  names: string[];
  /** What the cell declares to exist elsewhere. */
  ambient: ReadonlySet<string>;
}

/** Compiles a cell that has been checked, to text that runs and to declarations for later cells. */
export function emitCell(
  compiler: Compiler,
  program: ts.Program,
  { cell, previous }: { cell: CellSourceFile; previous: CellSourceFile },
  isLocal: CellFacts["isLocal"],
): CompiledCell {
  const names = new TopLevelNames(compiler, program.getTypeChecker(), cell, previous);
  const facts: CellFacts = { hasTopLevelAwait: false, usesJsx: false, helpers: new Set(), isLocal };
  const texts = { output: "", sourceMap: "", declarations: "" };
  const collect: ts.WriteFileCallback = (path, text) => {
    const kind = path.endsWith(".map") ? "sourceMap" : path.endsWith(".d.ts") ? "declarations" : "output";
    texts[kind] = text;
  };
  const { jsxFactory = "React" } = program.getCompilerOptions();
  const transformers: ts.CustomTransformers = {
    before: [bindNames(compiler, names, facts)],
    after: [loadImports(compiler, names, facts, jsxFactory.split(".")[0] as string)],
  };
  // A last, undeclared parameter: write declarations even of what cannot be declared exactly.
  const { emit } = program as { emit(...parameters: unknown[]): void };
  emit(cell, collect, undefined, undefined, transformers, true);
  texts.declarations += names.declarationsFromBlocks();
  return { ...facts, ...texts, names: names.declared(), ambient: names.ambient() };
}
