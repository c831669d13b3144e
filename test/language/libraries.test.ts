import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import ts from "typescript";
import { languageOfNode } from "#dist/language/compiler/running-node.js";
import { createLanguage } from "#dist/language/index.js";

/** What an instance has, and the prototype has not. */
const ofInstances = [
  "Function#prototype",
  "RegExp#lastIndex",
  "Iterator#next",
  "AggregateError#errors",
  "SuppressedError#error",
  "SuppressedError#suppressed",
];

test("the libraries of a cell declare nothing that the running Node does not have", () => {
  const checker = programWithLibraries().getTypeChecker();
  const missing = globals(checker).flatMap((symbol) => {
    const value: unknown = Reflect.get(globalThis, symbol.name);
    const type = checker.getTypeOfSymbol(symbol);
    const prototype = checker.getPropertyOfType(type, "prototype");
    return [
      ...(symbol.name in globalThis ? [] : [symbol.name]),
      ...missingIn(value, checker.getPropertiesOfType(type), `${symbol.name}.`),
      ...(prototype
        ? missingIn(
            Reflect.get(Object(value), "prototype"),
            checker.getPropertiesOfType(checker.getTypeOfSymbol(prototype)),
            `${symbol.name}#`,
          )
        : []),
    ];
  });
  assert.deepEqual(
    missing.filter((name) => !ofInstances.includes(name)),
    [],
  );
});

test("a cell that refers to a library of the language gets it once, and its documentation", () => {
  const language = createLanguage({ directory: tmpdir() });
  const source =
    '/// <reference lib="es5" />\n/// <reference lib="esnext" />\nconst texts = [1, 2].map(String);';
  const cell = language.convert("", source, { fileName: "cell.ts" });
  assert.deepEqual(cell.diagnostics, []);
  assert.match(cell.declarations, /const texts: string\[\]/);
  for (const [code, documentation] of [
    ["[1].map", /Calls a defined callback function/],
    ["Promise.all", /Creates a Promise that is resolved/],
    ["Math.max", /Returns the larger of a set/],
  ] as const) {
    assert.match(language.inspect(cell.declarations, code, code.length - 1) ?? "", documentation);
  }
  language.close();
});

function programWithLibraries(): ts.Program {
  const options = { lib: languageOfNode().lib.map((name) => `lib.${name}.d.ts`), types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, target, ...rest) =>
    path === "empty.ts"
      ? ts.createSourceFile(path, "export {};", target)
      : getSourceFile(path, target, ...rest);
  return ts.createProgram(["empty.ts"], options, host);
}

function globals(checker: ts.TypeChecker): ts.Symbol[] {
  const nowhere = ts.createSourceFile("empty.ts", "", ts.ScriptTarget.Latest);
  return checker.getSymbolsInScope(nowhere, ts.SymbolFlags.Value);
}

function missingIn(value: unknown, declared: ts.Symbol[], prefix: string): string[] {
  return declared.flatMap(({ escapedName, flags }) => {
    const key = keyOf(String(escapedName));
    const isOptional = (flags & ts.SymbolFlags.Optional) !== 0;
    return isOptional || value === undefined || value === null || key in Object(value)
      ? []
      : [prefix + String(key)];
  });
}

function keyOf(escaped: string): PropertyKey {
  const [, symbol] = /^__@(\w+)@/.exec(escaped) ?? [];
  return symbol ? Reflect.get(Symbol, symbol) : escaped.replace(/^___/, "__");
}
