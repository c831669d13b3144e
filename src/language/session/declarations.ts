import type ts from "typescript-for-cells";
import { ambientMark } from "../cell/top-level.js";
import type { Compiler } from "../compiler/compiler.js";
import { renameSuperseded } from "./superseded.js";

/** What a name can mean; a class means both. */
const value = 1;
const type = 2;

/** One name's declaration, as text that stands on its own. */
export interface Declaration {
  name: string;
  meaning: number;
  text: string;
}

/** The declarations of earlier cells that `added` does not replace, with `added`. */
export function mergeDeclarations(
  compiler: Compiler,
  previous: string,
  added: string,
  ambient: ReadonlySet<string>,
): string {
  if (added.trim() === "") {
    return previous;
  }
  const fresh = parse(compiler, added).map((declaration) =>
    ambient.has(declaration.name) ? { ...declaration, text: ambientMark + declaration.text } : declaration,
  );
  const meanings = new Map<string, number>();
  for (const { name, meaning } of fresh) {
    meanings.set(name, (meanings.get(name) ?? 0) | meaning);
  }
  const isSuperseded = ({ name, meaning }: Declaration) => ((meanings.get(name) ?? 0) & meaning) !== 0;
  const old = split(compiler, previous);
  const kept = renameSuperseded(
    compiler,
    old.filter((each) => !isSuperseded(each)),
    old.filter((each) => isSuperseded(each) && (each.meaning & type) !== 0),
  );
  return join([...kept, ...fresh]);
}

/** What earlier cells imported, by local name. */
export interface Import {
  name: string;
  /** The exported name, `default`, or `*`. */
  imported: string;
  from: string;
}

export function importsIn(compiler: Compiler, text: string): Import[] {
  const file = compiler.createSourceFile("declarations.d.ts", text, compiler.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    if (!compiler.isImportDeclaration(statement) || statement.importClause?.isTypeOnly) {
      return [];
    }
    const from = (statement.moduleSpecifier as ts.StringLiteral).text;
    const { name, namedBindings } = statement.importClause ?? {};
    if (name) {
      return [{ name: name.text, imported: "default", from }];
    }
    if (!namedBindings || compiler.isNamespaceImport(namedBindings)) {
      return namedBindings ? [{ name: namedBindings.name.text, imported: "*", from }] : [];
    }
    return namedBindings.elements.map((each) => ({
      name: each.name.text,
      imported: (each.propertyName ?? each.name).text,
      from,
    }));
  });
}

/** The declarations of `text` whose names `keep` accepts. */
export function keepDeclarations(compiler: Compiler, text: string, keep: (name: string) => boolean): string {
  return join(split(compiler, text).filter(({ name }) => keep(name)));
}

/** The last text made here: the next cell begins with it, and need not parse it. */
let last: { text: string; declarations: Declaration[] } = { text: "", declarations: [] };

function join(declarations: Declaration[]): string {
  const text = declarations.map((declaration) => `${declaration.text}\n`).join("");
  last = { text, declarations };
  return text;
}

function split(compiler: Compiler, text: string): Declaration[] {
  return text === last.text ? last.declarations : parse(compiler, text);
}

function parse(compiler: Compiler, text: string): Declaration[] {
  const file = compiler.createSourceFile("declarations.d.ts", text, compiler.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    const mark = file.text.startsWith(ambientMark, statement.getStart(file) - ambientMark.length)
      ? ambientMark
      : "";
    return declarationsOf(compiler, file, statement).map((each) => ({ ...each, text: mark + each.text }));
  });
}

function declarationsOf(compiler: Compiler, file: ts.SourceFile, statement: ts.Statement): Declaration[] {
  const text = withComment(compiler, file, statement);
  if (compiler.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList;
    if (declarations.length === 1) {
      return [{ name: nameOf(declarations[0]), meaning: value, text }];
    }
    const keyword = file.text.slice(statement.getStart(file), declarations[0]?.getStart(file));
    return declarations.map((declaration) => ({
      name: nameOf(declaration),
      meaning: value,
      text: `${keyword}${declaration.getText(file)};`,
    }));
  }
  if (compiler.isImportDeclaration(statement)) {
    return importsOf(compiler, file, statement);
  }
  if (compiler.isFunctionDeclaration(statement)) {
    return [{ name: nameOf(statement), meaning: value, text }];
  }
  if (compiler.isInterfaceDeclaration(statement) || compiler.isTypeAliasDeclaration(statement)) {
    return [{ name: nameOf(statement), meaning: type, text }];
  }
  if (compiler.isModuleDeclaration(statement)) {
    const isValue = compiler.getModuleInstanceState(statement) !== 0;
    const isNamed = compiler.isIdentifier(statement.name) && statement.name.text !== "global";
    // Extensions of the global scope or of a module are replaced by one of the same text only.
    return [
      { name: isNamed ? nameOf(statement) : text, meaning: isNamed && isValue ? value | type : type, text },
    ];
  }
  return "name" in statement ? [{ name: nameOf(statement), meaning: value | type, text }] : [];
}

function importsOf(compiler: Compiler, file: ts.SourceFile, statement: ts.ImportDeclaration): Declaration[] {
  const clause = statement.importClause;
  const from = statement.moduleSpecifier.getText(file);
  const keyword = clause?.isTypeOnly ? "import type" : "import";
  const meaning = clause?.isTypeOnly ? type : value | type;
  const parts: { name: string; text: string }[] = [];
  if (clause?.name) {
    parts.push({ name: clause.name.text, text: clause.name.text });
  }
  const bindings = clause?.namedBindings;
  if (bindings && compiler.isNamespaceImport(bindings)) {
    parts.push({ name: bindings.name.text, text: bindings.getText(file) });
  } else if (bindings) {
    parts.push(
      ...bindings.elements.map((each) => ({ name: each.name.text, text: `{ ${each.getText(file)} }` })),
    );
  }
  return parts.map((part) => ({ name: part.name, meaning, text: `${keyword} ${part.text} from ${from};` }));
}

function nameOf(node: ts.Node | undefined): string {
  const name = (node as { name?: { text?: string } } | undefined)?.name;
  return name?.text ?? "";
}

/** A declaration's documentation goes with it, for inspection. */
function withComment(compiler: Compiler, file: ts.SourceFile, statement: ts.Statement): string {
  const comments = compiler.getLeadingCommentRanges(file.text, statement.getFullStart()) ?? [];
  const documentation = comments.findLast(({ pos }) => file.text.startsWith("/**", pos));
  return file.text.slice(documentation?.pos ?? statement.getStart(file), statement.end);
}
