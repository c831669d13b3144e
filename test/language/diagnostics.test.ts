import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

enterFolder({ "lib.ts": "export interface Place {\n  x: number;\n}\n" });
const session = new Session();

function diagnosticsOf(source: string) {
  return session.language.convert(session.declarations, source, { fileName: "cell.ts" }).diagnostics;
}

describe("diagnostics", () => {
  for (const source of [
    "const t = `unterminated",
    "const t = `unterminated\n\n",
    "function f(a: number, b: {",
    "if (true) {\n  f(",
    "const list = [1, 2",
    "let x = 'abc",
    "/* open",
    "const el = <div>",
    "class A { m() {",
    "export",
    "import { a",
    "const y = ",
    "@dec",
    "type T = {",
    "for (const a of",
    "const { a, b",
  ]) {
    test(`stand inside of the cell, and syntax alone is told: ${JSON.stringify(source)}`, () => {
      const found = diagnosticsOf(source);
      assert.ok(found.length > 0);
      for (const { start, end, code } of found) {
        assert.ok(start.offset <= end.offset && end.offset <= source.trimEnd().length);
        assert.ok(code < 2000 || code > 17000, `TS${code}`);
      }
    });
  }

  const advised: [source: string, message: RegExp][] = [
    ["async function load() { return { rows: 1 } }\nload().rows", /\n {2}Did you forget to use 'await'\?$/],
    ["function wait() { await null }", /\n {2}Did you mean to mark this function as 'async'\? \(1:10\)$/],
    [
      "function two(a: number, b: string) {}\ntwo(1)",
      /\n {2}An argument for 'b' was not provided\. \(1:25\)$/,
    ],
    [
      "interface Place { x: number }\nconst place: Place = { x: 'a' };",
      /\n {2}The expected type comes from property 'x' which is declared here on type 'Place' \(1:19\)$/,
    ],
    [
      "import type { Place } from './lib';\nconst place: Place = { x: 'a' };",
      /declared here on type 'Place' \(lib\.ts:2:3\)$/,
    ],
    ["if (true) {", /to match the '\{' token here\. \(1:11\)$/],
  ];
  for (const [source, message] of advised) {
    test(`carry what the compiler says about other places: ${source}`, () => {
      assert.match(diagnosticsOf(source)[0]?.messageText ?? "", message);
    });
  }

  test("name no place that the user did not write", async () => {
    await session.run("interface Earlier { x: number }\nasync function later() { return { x: 1 } }");
    const text = diagnosticsOf("const e: Earlier = { x: 'a' };")[0]?.messageText;
    assert.equal(text, "Type 'string' is not assignable to type 'number'.");
    const advice = diagnosticsOf("later().x")[0]?.messageText ?? "";
    assert.match(advice, /\n {2}Did you forget to use 'await'\?$/);
  });

  test("tell of the nearest overload, and of the others in a line", () => {
    const two = diagnosticsOf("new Map<string, number>([[1, 2]])");
    assert.deepEqual(two[0]?.messageText.split("\n"), [
      "No overload matches this call.",
      "  Type 'number' is not assignable to type 'string'.",
      "  (the other overload does not match either)",
    ]);
    const many = diagnosticsOf('"abc".replace(1, 2)')[0]?.messageText.split("\n") ?? [];
    assert.equal(many.at(-1), "  (the other overloads do not match either)");
    assert.equal(many.length, 3);
  });

  const declared = (...overloads: string[]) =>
    overloads.map((each) => `declare function f(${each}): void;`).join(" ");
  const deep = "a: { x: { y: { z: string } } }";
  const five = [
    "a: string, b: string, c: string",
    "a: number",
    "a: boolean, b: boolean",
    "a: Date",
    "a: RegExp, b: number",
  ];
  const toBoolean = "Argument of type 'number' is not assignable to parameter of type 'boolean'.";
  const toText = "Type 'number' is not assignable to type 'string'.";
  for (const [criterion, source, reason] of [
    ["takes the first arguments", `${declared(...five)} f(true, 1);`, toBoolean],
    [
      "takes the first arguments, of many",
      `${declared("a: boolean, b: boolean", "a: Date, b: 1", "a: RegExp, b: 1", "a: URL, b: 1", "a: string, b: 1")} f(true, 1);`,
      toBoolean,
    ],
    [
      "takes most of the arguments",
      `${declared("a: boolean, b: boolean, c: boolean", "a: string, b: string, c: boolean")} f(1, true, true);`,
      "Argument of type 'number' is not assignable to parameter of type 'boolean'.",
    ],
    ["goes deepest into a literal", `${declared(deep, "a: number")} f({ x: { y: { z: 1 } } });`, toText],
    [
      "goes deepest into a literal, at last",
      `${declared("a: number", deep)} f({ x: { y: { z: 1 } } });`,
      toText,
    ],
    [
      "goes deepest into a variable",
      `${declared(deep, "a: number")} const value = { x: { y: { z: 1 } } }; f(value);`,
      "Argument of type '{ x: { y: { z: number; }; }; }' is not assignable to parameter of type '{ x: { y: { z: string; }; }; }'.",
    ],
    [
      "takes a callback",
      `${declared("a: (n: number) => number, b: boolean", "a: number, b: string")} f((n) => n, 1);`,
      toBoolean,
    ],
    [
      "has the wider parameter",
      '[1].concat("x")',
      "Argument of type 'string' is not assignable to parameter of type 'number | ConcatArray<number>'.",
    ],
    ["is generic", 'new Set<number>(["a"])', "Type 'string' is not assignable to type 'number'."],
  ] as const) {
    test(`tell of the overload that ${criterion}`, () => {
      assert.equal(diagnosticsOf(source)[0]?.messageText.split("\n")[1]?.trim(), reason);
    });
  }
});
