import type ts from "typescript";
import type { CellSourceFile, Compiler } from "../compiler.js";
import { type GlobalStatement, globalStatements, type StatementKind } from "./global-statements.js";
import { unreadSymbol } from "./unread-symbol.js";

/**
 * Gives a file the global names of a library, with the symbols that the compiler would bind if it read the text. It reads
 * what it declares by a name when something first asks for that, as if it were a file of its own. False of a text whose
 * statements cannot be told apart.
 */
export function declareUnread(compiler: Compiler, file: ts.SourceFile, text: string): boolean {
  const statements = globalStatements(text);
  if (!statements) {
    return false;
  }
  const UnreadSymbol = unreadSymbol(compiler);
  const locals = new Map<ts.__String, ts.Symbol>();
  for (const [name, declaring] of byName(statements)) {
    const flags = declaring.reduce((all, statement) => all | flagOf(compiler, statement), 0);
    const escaped = compiler.escapeLeadingUnderscores(name);
    const read = (symbol: ts.Symbol) => readDeclarations(compiler, file, { symbol, declaring });
    locals.set(escaped, new UnreadSymbol(flags, escaped, read));
  }
  Object.assign(file, { locals });
  return true;
}

/** Reads the declarations of a name as the compiler binds them, and gives them to the symbol that stood for it. */
function readDeclarations(
  compiler: Compiler,
  file: ts.SourceFile,
  { symbol, declaring }: { symbol: ts.Symbol; declaring: readonly GlobalStatement[] },
): ts.Symbol {
  // Its `name` would ask for its declarations.
  const { escapedName } = symbol;
  const bound = bind(compiler, file, declaring.map(({ text }) => text).join("")).get(escapedName);
  if (!bound || bound.flags !== symbol.flags) {
    throw new TypeError(`Expected the language's library to declare \`${escapedName}\` as it looked`);
  }
  for (const declaration of bound.declarations ?? []) {
    Object.assign(declaration, { symbol });
  }
  for (const member of [...(bound.members?.values() ?? []), ...(bound.exports?.values() ?? [])]) {
    Object.assign(member, { parent: symbol });
  }
  return bound;
}

/** The names of a text that stands for a part of a file. */
function bind(compiler: Compiler, file: ts.SourceFile, text: string): ReadonlyMap<ts.__String, ts.Symbol> {
  const part = compiler.createSourceFile(file.fileName, text, {
    languageVersion: file.languageVersion,
    jsDocParsingMode: compiler.JSDocParsingMode.ParseNone,
  });
  const { path, resolvedPath, originalFileName } = file as CellSourceFile;
  Object.assign(part, { path, resolvedPath, originalFileName });
  compiler.bindSourceFile(part, {});
  return (part as CellSourceFile).locals as unknown as ReadonlyMap<ts.__String, ts.Symbol>;
}

/** In the order in which the compiler binds them: functions come first. */
function byName(statements: readonly GlobalStatement[]): Map<string, GlobalStatement[]> {
  const isFunction = ({ kind }: GlobalStatement) => kind === "function";
  const found = new Map<string, GlobalStatement[]>();
  const ordered = [
    ...statements.filter(isFunction),
    ...statements.filter((statement) => !isFunction(statement)),
  ];
  for (const statement of ordered) {
    const declaring = found.get(statement.name);
    if (declaring) {
      declaring.push(statement);
    } else {
      found.set(statement.name, [statement]);
    }
  }
  return found;
}

const value = /^\s+(?:export )?(?:abstract )?(?:var|let|const|function|class|enum)\b/m;

function flagOf({ SymbolFlags }: Compiler, { kind, text }: GlobalStatement): ts.SymbolFlags {
  const flags: Record<StatementKind, ts.SymbolFlags> = {
    interface: SymbolFlags.Interface,
    type: SymbolFlags.TypeAlias,
    var: SymbolFlags.FunctionScopedVariable,
    let: SymbolFlags.BlockScopedVariable,
    const: SymbolFlags.BlockScopedVariable,
    function: SymbolFlags.Function,
    namespace: value.test(text) ? SymbolFlags.ValueModule : SymbolFlags.NamespaceModule,
  };
  return flags[kind];
}
