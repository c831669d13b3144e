import type ts from "typescript";
import type { Compiler } from "../compiler.js";
import { canonicalModule, type Unit } from "./outline.js";

export type Mentions = Pick<Unit, "mentions" | "qualifiers" | "modules" | "wholeModules">;

/** The names that a statement refers to, and the modules of its import types. */
export function mentionsOf(compiler: Compiler, statement: ts.Node): Mentions {
  const mentions = new Set<string>();
  const qualifiers = new Set<string>();
  const modules = new Set<string>();
  const wholeModules = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (compiler.isIdentifier(node)) {
      const names = isDeclaredName(compiler, node)
        ? declared
        : isQualifier(compiler, node)
          ? qualifiers
          : mentions;
      names.add(node.text);
    } else if (compiler.isImportTypeNode(node)) {
      const { argument, qualifier } = node;
      const isNamed = compiler.isLiteralTypeNode(argument) && compiler.isStringLiteral(argument.literal);
      const name = isNamed ? argument.literal.getText().slice(1, -1) : "";
      (qualifier ? modules : wholeModules).add(canonicalModule(name));
    }
    compiler.forEachChild(node, visit);
  };
  visit(statement);
  if (mentions.has("globalThis") || qualifiers.has("globalThis")) {
    // `typeof globalThis extends { name: infer T }` asks for a global by what looks like a property.
    for (const name of declared) {
      mentions.add(name);
    }
  }
  return {
    mentions: [...mentions],
    qualifiers: [...qualifiers],
    modules: [...modules],
    wholeModules: [...wholeModules],
  };
}

function isDeclaredName(compiler: Compiler, node: ts.Identifier): boolean {
  const { parent } = node;
  if (compiler.isPropertyAccessExpression(parent)) {
    return false;
  }
  if (compiler.isExportSpecifier(parent)) {
    return parent.propertyName !== undefined && parent.name === node;
  }
  return "name" in parent && parent.name === node;
}

function isQualifier(compiler: Compiler, node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (compiler.isQualifiedName(parent) && parent.left === node) ||
    (compiler.isPropertyAccessExpression(parent) && parent.expression === node)
  );
}
