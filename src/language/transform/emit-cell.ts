import type ts from "typescript";
import type { NotebookNames } from "../cell/notebook-names.js";
import { plainDeclarations } from "../cell/plain-declarations.js";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import type { Project } from "../compiler/project.js";
import { interruptible } from "../interrupts/interruption.js";
import { jsxRootToExports, metadataToExports } from "./added-names.js";
import { type HelperUse, helperUse } from "./helper-use.js";
import { importsToRequire } from "./imports-to-require.js";
import { namesToExports } from "./names-to-exports.js";
import { outline } from "./outline.js";
import { Rewriter } from "./rewriter.js";
import { statementsToExports } from "./statements-to-exports.js";

export interface EmittedCell extends HelperUse {
  /** JavaScript; empty of a cell with errors. */
  output: string;
  sourceMap: string;
  declarations: string;
  /** Property of `exports` that holds the value of the last expression. */
  lastExpressionName?: string;
}

export interface CheckedCell {
  program: ts.Program;
  file: CellSourceFile;
  names: NotebookNames;
  hasErrors: boolean;
}

/** Compiles a cell to text that runs and to declarations for later cells; one with errors to declarations only. */
export function emitCell(project: Project, { program, file, names, hasErrors }: CheckedCell): EmittedCell {
  const { compiler } = project;
  const plain = plainDeclarations(compiler, names.checker, file);
  // Of a cell with errors, the emitter tells as much as can be told.
  const known = hasErrors && plain !== "" ? undefined : plain;
  const top = outline(compiler, file, names);
  const texts = { output: "", sourceMap: "", declarations: known ?? "" };
  const collect: ts.WriteFileCallback = (path, text) => {
    const kind = path.endsWith(".map") ? "sourceMap" : path.endsWith(".d.ts") ? "declarations" : "output";
    texts[kind] = text;
  };
  let use: HelperUse = { helpers: new Set(), hasTopLevelAwait: false };
  const isOwnFile = (specifier: string) => project.isOwnFile(specifier);
  const transformers: ts.CustomTransformers = {
    before: [
      (context) => (source) => {
        const cell = { compiler, context, names, file, isOwnFile, visitorFor: namesToExports };
        return statementsToExports(new Rewriter(cell), source, top);
      },
      interruptible(compiler),
    ],
    after: [
      (context) => (source) => {
        const kinds = {
          isLoadedAtOnce: (specifier: string) => project.isLoadedAtOnce(specifier),
          hasNodesNamespace: (specifier: string) => project.hasNodesNamespace(specifier),
          isErased: (element: ts.ImportSpecifier) => names.isErased(element),
        };
        const loading = importsToRequire(compiler, context.factory, source, kinds);
        const withJsx = jsxRootToExports(context, loading, { compiler, names });
        const finished = program.getCompilerOptions().emitDecoratorMetadata
          ? metadataToExports(context, withJsx, { compiler, names })
          : withJsx;
        use = helperUse(compiler, finished);
        return finished;
      },
    ],
    ...(compiler.isSourceFileJS(file) && { afterDeclarations: [() => ownDeclarations(compiler, file)] }),
  };
  emit(program, file, collect, { transformers, withCode: !hasErrors, withDeclarations: known === undefined });
  texts.declarations += names.declarationsFromBlocks();
  return {
    ...texts,
    output: texts.output.replace(/\/\/# sourceMappingURL=.*\s*$/, ""),
    ...use,
    lastExpressionName: top.last?.name,
  };
}

/** Of JavaScript that gives properties to a global, TypeScript declares the global, which then seems to be the cell's. */
function ownDeclarations(
  { isSourceFile, isVariableStatement, isInterfaceDeclaration, isIdentifier, factory }: Compiler,
  { locals }: CellSourceFile,
): ts.Transformer<ts.SourceFile | ts.Bundle> {
  const isOwn = (statement: ts.Statement): boolean => {
    const declarations = isVariableStatement(statement)
      ? statement.declarationList.declarations
      : isInterfaceDeclaration(statement)
        ? [statement]
        : [];
    return declarations.every(({ name }) => !isIdentifier(name) || locals.has(name.text));
  };
  return (file) =>
    isSourceFile(file) ? factory.updateSourceFile(file, file.statements.filter(isOwn)) : file;
}

/** TypeScript's `EmitOnly`. */
const emitKind = { code: 0, declarations: 1 } as const;

interface EmitOptions {
  transformers: ts.CustomTransformers;
  withCode: boolean;
  withDeclarations: boolean;
}

/** Emits with a last, undeclared parameter: write declarations even of what cannot be declared exactly. */
function emit(
  program: { emit(...parameters: unknown[]): unknown },
  file: ts.SourceFile,
  collect: ts.WriteFileCallback,
  { transformers, withCode, withDeclarations }: EmitOptions,
): void {
  if (!withCode && !withDeclarations) {
    return;
  }
  const kind = withCode && withDeclarations ? undefined : withCode ? emitKind.code : emitKind.declarations;
  program.emit(file, collect, undefined, kind, transformers, true);
}
