import type { ModulePart } from "../../wire/function-parts.cjs";
import { changingVariables } from "../analysis/changing-variables.js";
import { parseProgram } from "../analysis/parse.js";
import { isTree, type Tree } from "../analysis/syntax-tree.js";
import { type Script, scriptWithUrl } from "../inspection/scripts.js";
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

const changingByUrl = new Map<string, ReadonlySet<string>>();

/** One of the user's modules exports a variable to which its functions assign: who imports it by name sees that. */
export function isChanging({ importer = "", module, path }: ModulePart): boolean {
  const [name] = path;
  if (name === undefined || path.length > 1 || !/^(?:\.|\/|file:)/.test(module)) {
    return false;
  }
  const { href } = new URL(module, importer);
  const changing = changingByUrl.get(href) ?? changingExports(href);
  changingByUrl.set(href, changing);
  return changing.has(name);
}

function changingExports(url: string): ReadonlySet<string> {
  const script = scriptWithUrl(url) ?? scriptWithUrl(url.replace(/\.([cm]?)js$/, ".$1ts"));
  const variables =
    script && /\blet\b|\bvar\b|\bfunction\b/.test(script.text) && changingVariables(script.text);
  const exported = variables ? [...exportsOf(script)].filter(([, local]) => variables.has(local)) : [];
  return new Set(exported.map(([name]) => name));
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
