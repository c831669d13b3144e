import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

enterFolder();
let session: Session;
beforeEach(() => {
  session = new Session();
});

describe("a variable is one variable", () => {
  test("an earlier cell's function sees a later cell's assignment", async () => {
    await session.run("let n = 0; function get() { return n } const arrow = () => n;");
    assert.deepEqual(await session.run("n = 5; [get(), arrow()]"), [5, 5]);
  });

  test("a later cell sees what an earlier cell's function assigns", async () => {
    await session.run("let n = 0; function increment() { n++; n += 1; return n }");
    await session.run("n = 10;");
    assert.deepEqual(await session.run("[increment(), n]"), [12, 12]);
  });

  test("closures of several cells share it", async () => {
    await session.run("let n = 1; const read = () => n;");
    await session.run("const write = (value: number) => { n = value };");
    await session.run("const later = () => read() + n; write(4);");
    assert.equal(await session.run("later()"), 8);
  });

  test("shorthand properties, destructuring and compound assignments take another cell's names", async () => {
    await session.run("let a = 1, b = 2; let list: number[] = []; let o: { a?: number } = {};");
    assert.deepEqual(await session.run("({ a, b, nested: { a } })"), { a: 1, b: 2, nested: { a: 1 } });
    await session.run("[a, b] = [b, a]; ({ a, b: [list[0]] } = { a: 7, b: [8] });");
    assert.deepEqual(await session.run("[a, b, list]"), [7, 1, [8]]);
    await session.run("({ a = 3, ...o } = {} as { a?: number }); for (b of [4, 5]); b **= 2;");
    assert.deepEqual(await session.run("[a, b, o]"), [3, 25, {}]);
  });

  test("declarations by pattern are variables like others", async () => {
    await session.run(
      "let { a, b: [c, ...d], e = () => 1, ...rest } = { a: 1, b: [2, 3], f: 4 } as any; const read = () => [a, c];",
    );
    assert.deepEqual(await session.run("a = 9; c = 8; [read(), d, e.name, rest]"), [
      [9, 8],
      [3],
      "e",
      { f: 4 },
    ]);
  });

  test("var in blocks and loops belongs to the notebook", async () => {
    await session.run(
      "for (var i = 0; i < 3; i++) { var square = i * i }\nfor (var key of ['x']);\nif (1) { var { deep } = { deep: 1 } }",
    );
    assert.deepEqual(await session.run("[i, square, key, deep]"), [3, 4, "x", 1]);
  });

  test("var without a value leaves a variable of another cell as it is", async () => {
    await session.run("var n = 1;");
    assert.equal(await session.run("// @ts-nocheck\nvar n; n + 1"), 2);
  });

  test("names that every object has are names like others", async () => {
    await session.run("// @ts-nocheck\nvar toString; if (0) { var constructor = 1 }");
    assert.deepEqual(await session.run("[toString, constructor]"), [undefined, undefined]);
    assert.deepEqual(Object.keys(session.exports), ["toString", "constructor"]);
  });

  test("a loop of plain arithmetic leaves its variables as any other, however it ends", async () => {
    await session.run("let a = 0, b = 0; const list = [1, 2, 3]; const read = () => [a, b];");
    await session.run("for (let i = 0; i < list.length; i++) { a += list[i]!; b = Math.max(a, b) }");
    assert.deepEqual(await session.run("read()"), [6, 6]);
    await session.run("outer: for (var k = 0; ; k++) { do { a--; if (a < 3) break outer } while (a % 2) }");
    assert.deepEqual(await session.run("[a, k]"), [2, 1]);
    await session.run("let sign = 0, text = '', either: number | string = 1;");
    await session.run(
      "for (let i = 0; i < 1e5; i++) { sign = -0; text += i % 1e4 ? '' : i; either = i % 2 ? 'odd' : i }",
    );
    assert.deepEqual(await session.run("[sign, text.length, either]"), [-0, 46, "odd"]);
    await session.run("let zero = 0n, big = 1n, rounds = 0;");
    await assert.rejects(session.run("while (true) { rounds++; big = big / zero }"), RangeError);
    assert.equal(await session.run("rounds"), 1);
  });

  test("a loop that runs other code shares its variables with it in every round", async () => {
    await session.run(
      "let n = 0; const seen: number[] = []; const o = { get look() { seen.push(n); return 1 } };",
    );
    await session.run("for (let i = 0; i < 3; i++) { n += 1; o.look }");
    await session.run(
      "const sly = { valueOf() { seen.push(n); return 1 } }; let sum = 0; while (n < 5) { n++; sum = +sly }",
    );
    assert.deepEqual(await session.run("seen"), [1, 2, 3, 4, 5]);
  });

  test("that is a constant or an import throws when it is assigned to, behind a type assertion, too", async () => {
    await session.run(`const fixed: number = 1;
      import path, * as whole from "node:path";
      import { join } from "node:path";`);
    for (const assignment of [
      "(fixed as any) = 2",
      "(<any>fixed)++",
      "[(fixed as unknown as string)!] = ['']",
      "(fixed satisfies number) += 1",
      "for (let i = 0; i < 3; i++) { (fixed as number) += i }",
      "(path as any) = 1",
      "(whole as any) = 1",
      "(join as any) = 1",
    ]) {
      await assert.rejects(
        session.run(assignment),
        { message: "Assignment to constant variable." },
        assignment,
      );
    }
    assert.deepEqual(await session.run("[fixed, typeof path, typeof whole, typeof join]"), [
      1,
      "object",
      "object",
      "function",
    ]);
  });

  test("let in a block does not", async () => {
    await session.run("const n = 1; { const n = 2; } for (const n of [3]); const f = (n: number) => n;");
    assert.deepEqual(await session.run("[n, f(4)]"), [1, 4]);
  });

  test("a parameter or local variable hides it", async () => {
    await session.run("let n = 1; function f(n: number) { { let n = 5; n++ } return { n } }");
    assert.deepEqual(await session.run("[f(2), n]"), [{ n: 2 }, 1]);
  });
});

describe("functions", () => {
  test("have the names that a module gives them", async () => {
    await session.run(
      "const arrow = () => 1, expression = function () {}, Class = class {}; let assigned; assigned = () => 1; function declared() {}",
    );
    assert.deepEqual(
      await session.run("[arrow, expression, Class, assigned, declared].map((each) => each.name)"),
      ["arrow", "expression", "Class", "assigned", "declared"],
    );
  });

  test("are called without a receiver", async () => {
    await session.run("const self = function (this: unknown, _?: unknown) { return this };");
    assert.deepEqual(await session.run("[self(), self?.(), self``]"), [undefined, undefined, undefined]);
  });

  test("can be called above their declaration", async () => {
    assert.equal(
      await session.run("const early = twice(2); function twice(n: number) { return 2 * n }\nearly"),
      4,
    );
  });

  test("are strict, as in a module", async () => {
    await assert.rejects(
      session.run("const frozen: { a?: number } = Object.freeze({}); frozen.a = 1;"),
      TypeError,
    );
  });
});

describe("a later cell may declare again", () => {
  test("const, let, class, enum, function, with another type", async () => {
    await session.run(
      "const c = 1; let l = 1; class K { a = 1 } enum E { A } function f() { return 1 } const use = () => [c, f()];",
    );
    await session.run(
      "const c = 'x'; let l = 'y'; class K { b = 2 } enum E { B = 7 } function f() { return 'z' }",
    );
    assert.deepEqual(await session.run("[c.length, l.length, new K().b, E.B, f().length, use()]"), [
      1,
      1,
      2,
      7,
      1,
      ["x", "z"],
    ]);
    assert.match(await session.refusal("E.A"), /^TS2339 /);
  });

  test("a name as something else", async () => {
    await session.run("import { join } from 'node:path'; class A {} function f() {} let v = 1;");
    await session.run("const join = 1; function A() { return 2 } let f = 3; class v {}");
    assert.deepEqual(await session.run("[join, A(), f, v.name]"), [1, 2, 3, "v"]);
  });

  test("and the same cell can run again", async () => {
    const cell =
      "enum E { A = 1 } namespace N { export let n = 0 } class C { static s = E.A } let k = 0; var w; import * as path from 'node:path'; N.n++; k++; [k, N.n, C.s, Object.keys(E).length]";
    assert.deepEqual(await session.run(cell), [1, 1, 1, 2]);
    assert.deepEqual(await session.run(cell), [1, 1, 1, 2]);
  });

  test("an interface beside a value of the same name", async () => {
    await session.run("interface Shape { sides: number }");
    await session.run("const Shape = { sides: 3 };");
    assert.equal(await session.run("const shape: Shape = Shape; shape.sides"), 3);
  });

  test("a value keeps the type of a class that is declared again", async () => {
    await session.run("class Point { x = 1 } const old = new Point(); type Pair = [Point, Point];");
    await session.run("class Point { y = 2 }");
    assert.equal(await session.run("old.x + new Point().y"), 3);
    assert.match(await session.refusal("const wrong: Point = old;"), /^TS2741 /);
  });
});

describe("declarations that a cell does not name", () => {
  test("count where those that it names lead to them", async () => {
    await session.run("interface Inner { depth: number } const other = 1;");
    await session.run("type Outer = { inner: Inner }; const base = { depth: 2 };");
    await session.run("const box: Outer = { inner: base }; const copy = { ...base, other };");
    assert.equal(await session.run("const { inner } = box; inner.depth + copy.other"), 3);
    assert.match(await session.refusal("inner.depth = 'deep'"), /^TS2322 /);
    assert.match(await session.refusal("const text: string = copy.other;"), /^TS2322 /);
  });

  test("are those that a message proposes", async () => {
    await session.run("const counter = 1; const total = 2;");
    assert.match(await session.refusal("countr + 1"), /^TS2552 .*Did you mean 'counter'\?/);
    assert.equal(await session.run("counter + total"), 3);
  });

  test("keep their values from that of the last expression", async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `tsLastExpr${index}`);
    await session.run(`let ${names.map((name) => `${name} = '${name}'`).join(", ")};`);
    assert.equal(await session.run("1 + 1"), 2);
    assert.deepEqual(await session.run(`[${names.join(", ")}]`), names);
  });

  test("do not make a notebook strict by their documentation", async () => {
    await session.run("const first = 1; /** @strict: true */\nfunction documented() {}");
    assert.equal(await session.run("const loose = (x) => [x, typeof documented]; loose(1).length"), 2);
  });
});

describe("variables of simple types", () => {
  test("have in later cells the types that they were declared with", async () => {
    await session.run(
      `const one = 1, text = "it's", yes = true, plus = one + 1, joined = \`\${text}!\`, more = one > 0;`,
    );
    await session.run("let count = 1, word = 'w'; var flag = false;");
    await session.run("count = 5; word = 'other'; flag = true;");
    await session.run('const typed: [1, "it\'s", true] = [one, text, yes];');
    assert.deepEqual(await session.run("[plus, joined, more, count, word, flag, typed.length]"), [
      2,
      "it's!",
      true,
      5,
      "other",
      true,
      3,
    ]);
    assert.match(await session.refusal("const two: 2 = one;"), /^TS2322 .*'1'/);
    assert.match(await session.refusal("const five: 5 = count;"), /^TS2322 .*'number'/);
    assert.match(await session.refusal("flag = word;"), /^TS2322 .*'string'.*'boolean'/);
  });

  test("keep the names of types that an assertion gives them", async () => {
    await session.run(
      "type Metres = number; const height = 3 as Metres, width = 3 as 3; let open = <boolean>true;",
    );
    assert.match(session.declarations, /height: Metres/);
    assert.match(await session.refusal("const four: 4 = width;"), /^TS2322 .*'3'/);
    assert.equal(await session.run("open = false; height + width"), 6);
  });

  test("are declared with those of the cell's blocks", async () => {
    await session.run(
      "var a = 1; var a = 2; for (var index = 0; index < 3; index++) { var last = 'x' + index }",
    );
    assert.deepEqual(await session.run("[a, index.toFixed(), last.length]"), [2, "3", 2]);
  });
});

describe("a failed cell", () => {
  test("keeps what it had initialised, and the rest stays as before", async () => {
    await session.run("const kept = 'before', lost = 'before';");
    const { language, declarations: previous } = session;
    const cell = language.convert(
      previous,
      "const kept = 1; const lost = fail(); function fail(): number { throw 1 }",
      {
        fileName: "cell[2].ts",
      },
    );
    assert.deepEqual(cell.names.toSorted(), ["fail", "kept", "lost"]);
    session.declarations = language.declarationsAfterFailure(previous, cell, new Set(["kept", "fail"]));
    Object.assign(session.exports, { kept: 1, fail() {} });
    assert.deepEqual(await session.run("[kept.toFixed(1), lost.length]"), ["1.0", 6]);
  });
});

test("what a block of JavaScript requires is the block's", async () => {
  const javascript = new Session({ javascript: true });
  assert.deepEqual(
    await javascript.run(`const seen = [];
      { const { sep } = require("node:path"); const os = require("node:os"); seen.push(sep, typeof os.EOL); }
      if (true) { const { EOL: end } = require("node:os"); seen.push(typeof end); }
      const path = require("node:path"); seen.push(path.sep); seen`),
    ["/", "string", "string", "/"],
  );
  assert.equal(await javascript.run("path.sep + typeof os"), "/undefined");
});
