import { parseProgram } from "../analysis/parse.js";
import { isTree, type Tree } from "../analysis/syntax-tree.js";
import type { Script } from "../inspection/scripts.js";
import { nameOf } from "./imports.js";

const exportsByScript = new Map<string, ReadonlyMap<string, string>>();

/** The names by which a module exports variables of its own, with their names in it. */
export function exportsOf(script: Script): ReadonlyMap<string, string> {
  const known = exportsByScript.get(script.id);
  if (known) {
    return known;
  }
  const parsed = parseProgram(script.text);
  const body = typeof parsed === "string" ? [] : parsed.tree.body;
  const exported = new Map(Array.isArray(body) ? body.filter(isTree).flatMap(exportsBy) : []);
  exportsByScript.set(script.id, exported);
  return exported;
}

function exportsBy(statement: Tree): [string, string][] {
  const { type, declaration, specifiers, source } = statement;
  if (type === "ExportDefaultDeclaration" && isTree(declaration)) {
    const local = declaration.type === "Identifier" ? declaration : declaration.id;
    return isTree(local) ? [["default", nameOf(local)]] : [];
  }
  if (type !== "ExportNamedDeclaration" || isTree(source)) {
    return [];
  }
  const renamed = Array.isArray(specifiers) ? specifiers.filter(isTree) : [];
  return [
    ...(isTree(declaration) ? declaredBy(declaration).map((name): [string, string] => [name, name]) : []),
    ...renamed.map(({ exported, local }): [string, string] => [nameOf(exported), nameOf(local)]),
  ];
}

function declaredBy({ id, declarations }: Tree): string[] {
  const declarators = Array.isArray(declarations) ? declarations.filter(isTree) : [];
  return [id, ...declarators.map((declarator) => declarator.id)].map(nameOf).filter((name) => name !== "");
}
