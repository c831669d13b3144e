import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

enterFolder();
const session = new Session();

describe("await", () => {
  test("stands in every form at the top of a cell", async () => {
    assert.equal(await session.run("await Promise.resolve(1)"), 1);
    assert.equal(await session.run("await (async () => 3)()"), 3);
    assert.deepEqual(await session.run("const pair = await [1, 2]; pair"), [1, 2]);
    assert.equal(await session.run(["`$", "{await Promise.resolve('a')}`"].join("")), "a");
    assert.equal(await session.run("let sum = 0; for (const x of [1, 2]) { sum += await x } sum"), 3);
    assert.equal(await session.run("const p = Promise.resolve(4); await (p)"), 4);
  });

  test("for await reads an async iterable", async () => {
    await session.run("async function* numbers() { yield 1; yield 2 }\nlet total = 0;");
    assert.equal(await session.run("for await (const n of numbers()) total += n;\ntotal"), 3);
  });

  test("is refused in a function that is not async", async () => {
    for (const source of ["function f() { await 1 }", "const o = { m() { await 1 } }", "() => { await 1 }"]) {
      assert.match(await session.refusal(source), /^TS1308 /);
    }
  });
});

describe("syntax of today", () => {
  test("using disposes at the end of the cell", async () => {
    await session.run("const log: string[] = [];");
    await session.run(
      'using r = { name: "r", [Symbol.dispose]() { log.push("disposed") } };\nlog.push("body");',
    );
    assert.deepEqual(await session.run("log"), ["body", "disposed"]);
    assert.equal(await session.run("r.name"), "r");
  });

  test("await using waits for the disposal", async () => {
    await session.run(`await using a = { async [Symbol.asyncDispose]() { await null; log.push("async") } };`);
    assert.equal(await session.run("log.at(-1)"), "async");
  });

  test("const type parameters and satisfies", async () => {
    await session.run("function tuple<const T>(value: T) { return value }\nconst t = tuple(['a', 1]);");
    assert.match(await session.refusal("t[2]"), /^TS2493 /);
    assert.match(await session.refusal("({ a: 1 }) satisfies { a: string }"), /^TS2322 /);
  });

  test("decorators are the standard ones", async () => {
    await session.run(`
      const seen: string[] = [];
      function note(_: unknown, context: ClassMethodDecoratorContext) { seen.push(String(context.name)) }
      class Decorated { @note run() {} }`);
    assert.deepEqual(await session.run("seen"), ["run"]);
  });

  test("enums, const enums and namespaces reach later cells", async () => {
    await session.run(
      "enum Colour { Red, Green }\nconst enum Size { Small = 5 }\nnamespace Box { export const a = 1; export namespace Inner { export let b = 2 } }",
    );
    assert.deepEqual(await session.run("[Colour.Green, Colour[0], Size.Small, Box.a, Box.Inner.b]"), [
      1,
      "Red",
      5,
      1,
      2,
    ]);
    await session.run("const unrelated = 1;");
    assert.equal(await session.run("import Deep = Box.Inner;\nDeep.b"), 2);
    assert.equal(await session.run("Deep.b + Box.a"), 3);
  });

  test("JSX calls the notebook's own factory", async () => {
    await session.run(`
      declare global { namespace JSX { interface IntrinsicElements { b: { id?: string } } } }
      const React = { createElement: (tag: string, props: unknown, ...children: unknown[]) => [tag, props, children] };`);
    assert.deepEqual(await session.run('<b id="x">{1 + 1}</b>'), ["b", { id: "x" }, [2]]);
    assert.equal(await session.run("<number>(<unknown>7)"), 7);
  });
});

describe("export", () => {
  test("is allowed on declarations and means nothing more", async () => {
    assert.equal(
      await session.run("export const one = 1; export function two() { return 2 }\none + two()"),
      3,
    );
    assert.equal(await session.run("export default function three() { return 3 }\nthree()"), 3);
    assert.equal(
      await session.run("export { one, two as deux };\nexport type Three = 3;\nlet z: Three = 3; z + one"),
      4,
    );
    assert.equal(await session.run("export default 42"), 42);
  });

  test("from another module is refused", async () => {
    assert.match(await session.refusal('export * from "node:fs"'), /cannot re-export/);
    assert.match(await session.refusal("export = 5"), /^TS1203 /);
    assert.match(await session.refusal('const a = 1;\nexport { join } from "node:path"'), /^TS1233 2:1 /);
  });
});

describe("declarations without values", () => {
  test("declare global extends the global scope for all later cells", async () => {
    await session.run(
      "declare global { var answer: number; interface Array<T> { second(): T } }\nglobalThis.answer = 42;",
    );
    await session.run("Array.prototype.second = function () { return this[1] };");
    assert.deepEqual(await session.run("[answer, ['a', 'b'].second()]"), [42, "b"]);
  });

  test("declare const stands for a global of that name", async () => {
    Object.assign(globalThis, { fromElsewhere: 7 });
    assert.equal(await session.run("declare const fromElsewhere: number;\nfromElsewhere"), 7);
    assert.equal(await session.run("fromElsewhere + 1"), 8);
  });

  test("interfaces and types reach later cells", async () => {
    await session.run("interface Point { x: number }\ntype Points = Point[];");
    assert.deepEqual(await session.run("const points: Points = [{ x: 1 }]; points"), [{ x: 1 }]);
    assert.match(await session.refusal("const wrong: Point = { y: 1 }"), /^TS2353 /);
  });
});

describe("the last expression", () => {
  test("is the value of the cell, whatever it is", async () => {
    assert.equal(await session.run("1 + 1"), 2);
    assert.equal(await session.run('"use strict"'), "use strict");
    assert.equal(await session.run("let v = 5;"), undefined);
    assert.equal(await session.run("v = 6"), 6);
    assert.equal(await session.run("({ v }).v;"), 6);
  });

  test("keeps a name of the user's own apart", async () => {
    await session.run("const tsLastExpr = 1;");
    assert.equal(await session.run("tsLastExpr + 1"), 2);
    assert.equal(await session.run("tsLastExpr"), 1);
  });
});

test("a comment @ts-nocheck in the first line switches the type checker off for the cell", async () => {
  assert.equal(await session.run("// @ts-nocheck\nconst text: string = 5;\ntext"), 5);
  assert.match(await session.refusal("const other: string = 5;"), /^TS2322 1:7 /);
});

test("names may begin with underscores", async () => {
  await session.run("const __private = 1, ___more = 2; function __f() { return __private }");
  assert.equal(await session.run("__f() + ___more"), 3);
});

test("a cell may use `exports` as a name", async () => {
  await session.run("const exports = { a: 1 }; const beside = 2;");
  assert.equal(await session.run("exports.a + beside"), 3);
});

test("diagnostics say all in one message, at the place in the cell", () => {
  const { diagnostics } = session.language.convert("", "\n  const o: { a: { b: 1 } } = { a: { b: 2 } };", {
    fileName: "cell[1].ts",
  });
  assert.equal(diagnostics.length, 1);
  assert.deepEqual(diagnostics[0]?.start, { offset: 37, line: 1, character: 36 });
});
