import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import { type Helper, helperCalled } from "./prologue.js";

/** The surroundings that a compiled text needs. */
export interface HelperUse {
  helpers: ReadonlySet<Helper>;
  hasTopLevelAwait: boolean;
}

/** Read off the finished tree, so that it holds of whatever the transformations have made. */
export function helperUse(compiler: Compiler, file: ts.SourceFile): HelperUse {
  const helpers = new Set<Helper>();
  let hasTopLevelAwait = false;
  const visit = (node: ts.Node, isInFunction: boolean): void => {
    const helper = compiler.isIdentifier(node) ? helperCalled(node.text) : undefined;
    if (helper) {
      helpers.add(helper);
    }
    hasTopLevelAwait ||= !isInFunction && isAwait(compiler, node);
    const isFunction = isInFunction || compiler.isFunctionLike(node);
    compiler.forEachChild(node, (child) => visit(child, isFunction));
  };
  visit(file, false);
  return { helpers, hasTopLevelAwait };
}

function isAwait(compiler: Compiler, node: ts.Node): boolean {
  const { AwaitUsing, BlockScoped } = compiler.NodeFlags;
  return (
    compiler.isAwaitExpression(node) ||
    (compiler.isForOfStatement(node) && node.awaitModifier !== undefined) ||
    (compiler.isVariableDeclarationList(node) && (node.flags & BlockScoped) === AwaitUsing)
  );
}
