import type ts from "typescript";
import { ambientMark } from "../cell/notebook-names.js";
import type { Compiler } from "../compiler/compiler.js";
import type { Declaration } from "./declaration.js";

/**
 * When a cell declares a type again, values of earlier cells still have the old one. Old types that are still
 * used stay, under another name.
 */
export function keepOldTypes(
  compiler: Compiler,
  kept: readonly Declaration[],
  replaced: readonly Declaration[],
): Declaration[] {
  const result = [...kept];
  if (replaced.length === 0) {
    return result;
  }
  const taken = new Set([...kept, ...replaced].map(({ name }) => name));
  const waiting = new Map(replaced.map((declaration) => [declaration.name, declaration]));
  for (let index = 0; index < result.length && waiting.size > 0; index++) {
    for (const name of namesIn(compiler, result[index]?.text ?? "")) {
      const old = waiting.get(name);
      if (old) {
        const fresh = freshName(name, taken);
        waiting.delete(name);
        for (const [at, declaration] of result.entries()) {
          result[at] = { ...declaration, text: rename(compiler, declaration.text, name, fresh) };
        }
        const text = rename(compiler, old.text, name, fresh);
        result.push({ name: fresh, meaning: old.meaning, text: ambientMark + text });
      }
    }
  }
  return result;
}

function freshName(name: string, taken: Set<string>): string {
  let count = 1;
  while (taken.has(`${name}_${count}`)) {
    count++;
  }
  taken.add(`${name}_${count}`);
  return `${name}_${count}`;
}

function namesIn(compiler: Compiler, text: string): Set<string> {
  return new Set(references(compiler, text).map((node) => node.text));
}

function rename(compiler: Compiler, text: string, from: string, to: string): string {
  let result = text;
  for (const node of references(compiler, text).reverse()) {
    if (node.text === from) {
      result = result.slice(0, node.end - from.length) + to + result.slice(node.end);
    }
  }
  return result;
}

/** Identifiers that stand for a declaration, in their order: not the names of members, parameters and the like. */
function references(compiler: Compiler, text: string): ts.Identifier[] {
  const file = compiler.createSourceFile("declaration.d.ts", text, compiler.ScriptTarget.Latest, true);
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isIdentifier(node) && !isMemberName(compiler, node)) {
      found.push(node);
    }
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isMemberName(compiler: Compiler, node: ts.Identifier): boolean {
  const { parent } = node;
  if (compiler.isQualifiedName(parent)) {
    return parent.right === node;
  }
  if (compiler.isPropertyAccessExpression(parent)) {
    return parent.name === node;
  }
  const isStatement = compiler.isStatement(parent);
  return !isStatement && "name" in parent && parent.name === node;
}
