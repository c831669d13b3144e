import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import type ts from "typescript";
import { loadCompiler } from "#dist/language/compiler/compiler.js";
import { JoinedLibrary } from "#dist/language/compiler/library/joined-library.js";
import { declareUnread } from "#dist/language/compiler/library/unread-library.js";
import { Project } from "#dist/language/compiler/project.js";
import { languageOfNode } from "#dist/language/compiler/running-node.js";
import { SourceFiles } from "#dist/language/compiler/source-files.js";
import { completeCell } from "#dist/language/questions/completion.js";
import { inspectCell } from "#dist/language/questions/inspection.js";

const compiler = loadCompiler();
const folder = dirname(compiler.getDefaultLibFilePath({}));
const scripts = readdirSync(folder)
  .filter((name) => /^lib\..*\.d\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))
  .filter(({ text }) => !/^(?:import|export)\b/m.test(text));

function fileOf(name: string, text: string): ts.SourceFile & { locals?: ReadonlyMap<string, ts.Symbol> } {
  return compiler.createSourceFile(name, text, {
    languageVersion: compiler.ScriptTarget.Latest,
    jsDocParsingMode: compiler.JSDocParsingMode.ParseNone,
  });
}

/** All that the compiler binds to a name. */
function described([name, symbol]: [string, ts.Symbol]): unknown {
  const { flags, escapedName, members, exports, declarations = [], valueDeclaration } = symbol;
  const of = (table: ts.SymbolTable | undefined) =>
    table && [...table].map(([key, member]) => [key, member.flags, member.declarations?.map(textOf)]);
  const texts = [valueDeclaration && textOf(valueDeclaration), declarations.map(textOf)];
  return { name, flags, escapedName, members: of(members), exports: of(exports), texts };
}

function textOf(node: ts.Node): string {
  return node.getText().replace(/\s+/g, " ");
}

test("declareUnread: a library has the names, in their order, and the symbols that the compiler binds", () => {
  const isWorkers = ({ name }: { name: string }) => name.startsWith("lib.webworker");
  // Windows Script Host's is laid out otherwise.
  const others = scripts.filter((each) => !isWorkers(each) && each.name !== "lib.scripthost.d.ts");
  for (const group of [others, scripts.filter(isWorkers)]) {
    const text = group.map((each) => each.text).join("\n");
    const [unread, bound] = [fileOf("lib.d.ts", ""), fileOf("lib.d.ts", text)];
    compiler.bindSourceFile(bound, {});
    assert.ok(declareUnread(compiler, unread, text));
    assert.deepEqual([...(unread.locals ?? [])].map(described), [...(bound.locals ?? [])].map(described));
  }
});

test("declareUnread: what is declared belongs to the symbol that stood for it", () => {
  const file = fileOf("lib.es5.d.ts", "");
  const text = scripts.find(({ name }) => name === file.fileName)?.text ?? "";
  assert.ok(declareUnread(compiler, file, text));
  for (const symbol of file.locals?.values() ?? []) {
    const inside = [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])];
    assert.ok(inside.every((member) => Object.is(Reflect.get(member, "parent"), symbol)));
    for (const declaration of symbol.declarations ?? []) {
      assert.ok(Object.is(Reflect.get(declaration, "symbol"), symbol));
    }
  }
});

test("declareUnread: a text with another layout is refused", () => {
  for (const text of [
    "declare var a: 1; declare var b: 2;\n1;",
    "enum A {}",
    "interface A\n{ }\nextra;",
    "",
  ]) {
    assert.equal(declareUnread(compiler, fileOf("lib.d.ts", ""), text), false, text);
  }
});

test("JoinedLibrary: its first file reads nothing by itself and declares all that the cells' language has", () => {
  const names = languageOfNode().lib.map((name) => `lib.${name}.d.ts`);
  const library = new JoinedLibrary(compiler, folder, names);
  const file = library.get(join(folder, names[0] ?? ""), compiler.ScriptTarget.Latest);
  assert.equal(file?.statements.length, 0);
  const locals: unknown = Reflect.get(file ?? {}, "locals");
  assert.ok(locals instanceof Map && ["Array", "Map", "Intl", "Promise"].every((name) => locals.has(name)));
});

test("completion and inspection say the same with a library that is unread as with its files", () => {
  const [joined, apart] = [true, false].map((joinsLibrary) => {
    const settings = { javascript: false, isBrowser: false, globals: [], provided: {}, joinsLibrary };
    return new Project(new SourceFiles(compiler), { ...settings, directory: process.cwd() });
  });
  assert.ok(joined && apart);
  for (const source of ["", "[1].fin", "'a'.", "new Map().", "Promise.", "Intl.", "Reflect.", "Math.hypot"]) {
    const question = { previous: "", source, offset: source.length, modules: [] };
    const { matches } = completeCell(joined, question);
    assert.deepEqual(matches, completeCell(apart, question).matches, source);
    assert.ok(matches.length > 0, source);
    assert.equal(inspectCell(joined, question), inspectCell(apart, question), source);
  }
});
