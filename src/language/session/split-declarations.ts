import type ts from "typescript";
import { ambientMark } from "../cell/notebook-names.js";
import type { Compiler } from "../compiler/compiler.js";
import { type Declaration, meaning } from "./declaration.js";

/** A declaration that is understood without parsing it. */
const plainVariable =
  /^declare (?:const|let|var) ([\p{ID_Start}$_][\p{ID_Continue}$]*)(?:: (?:number|string|boolean)| = (?:\d+|true|false|"[ !#-[\]-~]*"));$/u;

/** A text of declarations, name by name. */
export function splitDeclarations(compiler: Compiler, text: string): Declaration[] {
  return splitPlain(text) ?? splitParsed(compiler, text);
}

/** Undefined where there is more than plain variables, one a line. */
function splitPlain(text: string): Declaration[] | undefined {
  const declarations: Declaration[] = [];
  for (const line of text.trimEnd().split("\n")) {
    const [, name] = plainVariable.exec(line) ?? [];
    if (name === undefined) {
      return undefined;
    }
    declarations.push({ name, meaning: meaning.value, text: line });
  }
  return declarations;
}

function splitParsed(compiler: Compiler, text: string): Declaration[] {
  const file = compiler.createSourceFile("declarations.d.ts", text, compiler.ScriptTarget.Latest);
  const [heading = ""] = /^(?:\/\/.*\n)*/.exec(text) ?? [];
  const declarations = file.statements.flatMap((statement) => {
    const mark = file.text.startsWith(ambientMark, statement.getStart(file) - ambientMark.length)
      ? ambientMark
      : "";
    return declarationsOf(compiler, file, statement).map((each) => ({ ...each, text: mark + each.text }));
  });
  return [...heading.split("\n").filter(Boolean).map(headingLine), ...declarations];
}

function headingLine(text: string): Declaration {
  return { name: /@\w+/.exec(text)?.[0] ?? text, meaning: meaning.effect, text };
}

/** True of a comment, which must stand above all else. */
export function isHeading({ text }: Declaration): boolean {
  return text.startsWith("//") && text[2] !== "*";
}

function declarationsOf(compiler: Compiler, file: ts.SourceFile, statement: ts.Statement): Declaration[] {
  const text = withComment(compiler, file, statement);
  const named = (node: ts.Declaration, meant: number) => [
    { name: nameOf(compiler, node), meaning: meant, text },
  ];
  if (compiler.isVariableStatement(statement)) {
    return variablesOf(compiler, file, statement);
  }
  if (compiler.isImportDeclaration(statement)) {
    return importsOf(compiler, file, statement);
  }
  if (compiler.isFunctionDeclaration(statement)) {
    return named(statement, meaning.value);
  }
  if (compiler.isInterfaceDeclaration(statement) || compiler.isTypeAliasDeclaration(statement)) {
    return named(statement, meaning.type);
  }
  if (compiler.isModuleDeclaration(statement)) {
    return moduleOf(compiler, statement, text);
  }
  return compiler.isClassDeclaration(statement) ||
    compiler.isEnumDeclaration(statement) ||
    compiler.isImportEqualsDeclaration(statement)
    ? named(statement, meaning.both)
    : [];
}

function variablesOf(
  compiler: Compiler,
  file: ts.SourceFile,
  statement: ts.VariableStatement,
): Declaration[] {
  const { declarations } = statement.declarationList;
  const keyword = file.text.slice(statement.getStart(file), declarations[0]?.getStart(file));
  return declarations.map((declaration) => ({
    name: nameOf(compiler, declaration),
    meaning: meaning.value,
    text:
      declarations.length === 1
        ? withComment(compiler, file, statement)
        : `${keyword}${declaration.getText(file)};`,
  }));
}

/** Extensions of the global scope or of a module are replaced by one of the same text only. */
function moduleOf(compiler: Compiler, statement: ts.ModuleDeclaration, text: string): Declaration[] {
  const isNamed = compiler.isIdentifier(statement.name) && statement.name.text !== "global";
  const isValue = compiler.getModuleInstanceState(statement) !== 0;
  return [
    {
      name: isNamed ? statement.name.text : text,
      meaning: isNamed && isValue ? meaning.both : meaning.type,
      text,
    },
  ];
}

function importsOf(compiler: Compiler, file: ts.SourceFile, statement: ts.ImportDeclaration): Declaration[] {
  const clause = statement.importClause;
  const from = statement.moduleSpecifier.getText(file);
  const isForEffect =
    !clause ||
    (clause.namedBindings &&
      compiler.isNamedImports(clause.namedBindings) &&
      !clause.name &&
      clause.namedBindings.elements.length === 0);
  if (isForEffect) {
    const text = `import ${from};`;
    return [{ name: text, meaning: meaning.effect, text }];
  }
  const keyword = clause?.isTypeOnly ? "import type" : "import";
  const meant = clause?.isTypeOnly ? meaning.type : meaning.both;
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
  return parts.map((part) => ({
    name: part.name,
    meaning: meant,
    text: `${keyword} ${part.text} from ${from};`,
  }));
}

function nameOf(compiler: Compiler, node: ts.Declaration): string {
  const name = compiler.getNameOfDeclaration(node);
  return name && compiler.isIdentifier(name) ? name.text : "";
}

/** A declaration's documentation goes with it, for inspection. */
function withComment(compiler: Compiler, file: ts.SourceFile, statement: ts.Statement): string {
  const comments = compiler.getLeadingCommentRanges(file.text, statement.getFullStart()) ?? [];
  const documentation = comments.findLast(({ pos }) => file.text.startsWith("/**", pos));
  return file.text.slice(documentation?.pos ?? statement.getStart(file), statement.end);
}
