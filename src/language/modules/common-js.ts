import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import { interruptible } from "../interrupts/interruption.js";
import { helperNames, prologue } from "../transform/prologue.js";

export interface CommonJsText {
  code: string;
  sourceMap: string;
  /** Lines of `code` that come before those of the source map. */
  linesBefore: number;
}

/** A source file of the user's own as the text of a CommonJS module. */
export function commonJs(
  compiler: Compiler,
  options: ts.CompilerOptions,
  { path, text }: { path: string; text: string },
): CommonJsText {
  const { outputText, sourceMapText } = compiler.transpileModule(text, {
    // Of `.mts` TypeScript makes an ECMAScript module, whatever the options say.
    fileName: path.replace(/\.mts$/, ".ts"),
    compilerOptions: { ...options, ...commonJsOptions(compiler) },
    transformers: { before: [replaceImportMeta(compiler), interruptible(compiler)] },
  });
  const usesImportMeta = outputText.includes(helperNames.importMeta);
  const before = prologue(new Set(usesImportMeta ? ["importMeta"] : []), { strict: true });
  const own = outputText.replace(/^"use strict";/, "").replace(/\/\/# sourceMappingURL=.*\s*$/, "");
  return { code: before + own, sourceMap: sourceMapText ?? "", linesBefore: before.split("\n").length - 1 };
}

function commonJsOptions(compiler: Compiler): ts.CompilerOptions {
  return {
    module: compiler.ModuleKind.CommonJS,
    moduleResolution: undefined,
    customConditions: undefined,
    allowImportingTsExtensions: undefined,
    rewriteRelativeImportExtensions: undefined,
    esModuleInterop: true,
    declaration: false,
    outDir: undefined,
    rootDir: undefined,
  };
}

function replaceImportMeta(compiler: Compiler): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const visitor = (node: ts.Node): ts.Node =>
      compiler.isMetaProperty(node) && node.keywordToken === compiler.SyntaxKind.ImportKeyword
        ? context.factory.createIdentifier(helperNames.importMeta)
        : compiler.visitEachChild(node, visitor, context);
    return (file) => compiler.visitEachChild(file, visitor, context);
  };
}
