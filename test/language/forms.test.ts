import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

enterFolder();

/** Cells in their order, and the value of the last one. */
const forms: Record<string, [...cells: string[], value: unknown]> = {
  "labels, in loops and blocks": [
    "let n = 0; outer: for (let i = 0; i < 5; i++) { for (;;) { n++; if (i === 3) break outer; continue outer } }",
    "done: { n += 10; if (n > 9) break done; n = 0 } n",
    14,
  ],
  "a top-level for await that is left": [
    "let log = ''; async function* f() { try { yield 1; yield 2 } finally { log += 'closed' } }",
    "for await (const x of f()) { log += x; break } log",
    "1closed",
  ],
  "a labelled for await": [
    "let n = 0; all: for await (const x of [1, 2, 3]) { for (const y of [1, 2]) { if (x > 2) break all; n += y; continue all } } n",
    2,
  ],
  "generators that take values": [
    "function* f(): Generator<number, void, number> { const n = yield 1; yield n * 2 } const g = f(); g.next();",
    "g.next(4).value",
    8,
  ],
  "static blocks and private names": [
    "const log: number[] = []; class C { static n = 1; static { log.push(C.n++) } #p = 2; static read(c: C) { return #p in c && c.#p } static { log.push(C.n) } }",
    "[...log, C.read(new C())]",
    [1, 2, 2],
  ],
  "classes that extend those of other cells": [
    "abstract class A { static s = 1; abstract f(): number } class B extends A { constructor(readonly n = 2) { super() } f() { return this.n } }",
    "class C extends B { override f() { return super.f() + C.s } } new C().f()",
    3,
  ],
  "enums of other cells, and merged ones": [
    "enum E { A = 1, B = A << 2 } enum E { C = 'abc'.length } export const enum F { X = E.B }",
    "[E[1], E.C, F.X, Object.keys(E).length]",
    ["A", 3, 4, 6],
  ],
  "namespaces: nested, merged with a function, by alias": [
    "function f() { return 1 } namespace f { export const extra = 2 } namespace N.M { export let n = 0; export const next = () => ++n }",
    "import M = N.M; M.next()",
    "f() + f.extra + N.M.next() + M.n",
    7,
  ],
  "decorators of methods, fields and classes, and accessors": [
    `type Call = (this: C) => string;
    const loud = (f: Call, _: ClassMethodDecoratorContext) => function (this: C) { return f.call(this) + "!" };
    const twice = (_: undefined, c: ClassFieldDecoratorContext) => (n: number) => 2 * n;
    const named = (c: new () => object, { name }: ClassDecoratorContext) => { Object.assign(c, { label: name }) };
    @named class C { @twice n = 2; accessor a = "a"; @loud f() { return this.a + this.n } }`,
    "[new C().f(), (C as { label?: string }).label]",
    ["a4!", "C"],
  ],
  "patterns with defaults that use earlier names": [
    "const key = 'k'; const { a = 5, b: { c = a + 1 } = {}, [key]: d = c, ...rest } = { z: 1 } as any;",
    "let [x, , y = x, ...more] = [a, 0, undefined, c, d]; ({ x, none: y = 9 } = { x: y } as any);",
    "[a, c, d, rest, x, y, more]",
    [5, 6, 6, { z: 1 }, 5, 9, [6, 6]],
  ],
  "export default of every kind": [
    "export default function f() { return 1 }",
    "export default abstract class A { n = 2 }",
    "export default () => 1;",
    "class B extends A {} export default f() + new B().n",
    3,
  ],
  "names that are words elsewhere": [
    "const of = 1, get = 2, async = 3, type = 4, module = 5, require = 6, __proto__ = 7;",
    "of + get + async + type + module + require + __proto__",
    28,
  ],
  "awaits in patterns, keys, operands and loop heads": [
    "const { a, b = await 2 } = await Promise.resolve({ a: 1 } as { a: number; b?: number });",
    "let s = ''; for (let i = await 0; i < (await 2); i += await 1) s += (await [i])[0]; ({ [await 'k']: s + a + b })",
    { k: "0112" },
  ],
  "an anonymous class, and types that only a function names": [
    "const C = class { n = 1 }; function f() { class Inner { m = 2 } return new Inner() } const i = f();",
    "new C().n + i.m",
    3,
  ],
};

describe("other cells see", () => {
  for (const [title, steps] of Object.entries(forms)) {
    test(title, async () => {
      const session = new Session();
      const cells = steps.slice(0, -1) as string[];
      const values: unknown[] = [];
      for (const cell of cells) {
        values.push(await session.run(cell));
      }
      assert.deepEqual(values.at(-1), steps.at(-1));
    });
  }
});

describe("using and errors", () => {
  test("a cell that fails disposes all the same", async () => {
    const session = new Session();
    await session.run("const log: string[] = [];");
    const cell =
      "using a = { [Symbol.dispose]() { log.push('a') } }; log.push('b'); throw new RangeError('body');";
    await assert.rejects(session.run(cell), /^RangeError: body$/);
    assert.deepEqual(await session.run("log"), ["b", "a"]);
  });

  test("an error of the disposal does not hide that of the cell", async () => {
    const cell =
      "await using a = { async [Symbol.asyncDispose]() { throw new Error('end') } }; throw new Error('body');";
    await assert.rejects(new Session().run(cell), ({ name, error, suppressed }) => {
      assert.deepEqual([name, error.message, suppressed.message], ["SuppressedError", "end", "body"]);
      return true;
    });
  });

  test("a loop disposes in every round", async () => {
    const cell = `let log = ""; const open = (n: number) => ({ async [Symbol.asyncDispose]() { log += n } });
      for await (await using _ of [open(1), open(2)]) log += "-"; log`;
    assert.equal(await new Session().run(cell), "-1-2");
  });
});
