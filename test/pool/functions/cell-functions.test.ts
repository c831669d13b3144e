import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Cells, openCells } from "../../helpers/cells.js";

describe("functions of notebook cells take along what they use", () => {
  let cells: Cells;
  before(async () => {
    cells = await openCells();
    await cells.run('import { Pool, sleep } from "poolbook";', "const pool = new Pool(1);");
  });
  after(() => cells.close());

  /** Runs the cells; the last one is an expression, whose value in a worker must be printed as expected. */
  async function assertPrints(expected: string, ...code: string[]): Promise<void> {
    const { succeeded, stdout, stderr } = await cells.run(...code);
    assert.equal(stderr, "");
    assert.ok(succeeded);
    assert.equal(stdout, `${expected}\n`);
  }

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the placeholders are those of the cells.
  const travels: Record<string, { cells: string[]; prints: string }> = {
    "constants of other cells": {
      cells: [
        "const factor = 3;",
        "const triple = (x: number) => x * factor;",
        "await pool.apply(triple, [5])",
      ],
      prints: "15",
    },
    "constants of the same cell": {
      cells: [
        "const offset = { by: [10] };\nfunction shift(x: number) { return x + offset.by[0]; }",
        "await pool.apply(shift, [5])",
      ],
      prints: "15",
    },
    "functions, of functions, of other cells": {
      cells: [
        "const one = () => 1;",
        "const two = () => one() + one();",
        "await pool.apply(() => two() + one())",
      ],
      prints: "3",
    },
    "mutually recursive functions": {
      cells: [
        `function isEven(n: number): boolean { return n === 0 || isOdd(n - 1); }
         function isOdd(n: number): boolean { return n !== 0 && isEven(n - 1); }`,
        "await pool.apply(isEven, [11])",
      ],
      prints: "false",
    },
    "recursion through a constant": {
      cells: [
        "const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));",
        "await pool.apply(factorial, [5])",
      ],
      prints: "120",
    },
    "classes, their base classes of other cells and their private fields": {
      cells: [
        "class Shape { constructor(readonly name: string) {} describe() { return `a ${this.name}`; } }",
        `class Square extends Shape {
           #side = 2;
           static unit = 10;
           constructor() { super("square"); }
           area() { return this.#side ** 2 * Square.unit; }
         }`,
        "await pool.apply(() => { const square = new Square(); return `${square.describe()} of ${square.area()}`; })",
      ],
      prints: "a square of 40",
    },
    "classes that use each other": {
      cells: [
        `class Ping { pong() { return new Pong().name; } name = "ping"; }
         class Pong { ping() { return new Ping().name; } name = "pong"; }`,
        "await pool.apply(() => new Ping().pong() + new Pong().ping())",
      ],
      prints: "pongping",
    },
    enums: {
      cells: [
        'enum Color { Red = "red", Blue = "blue" }',
        "await pool.apply((name: 'Red' | 'Blue') => Color[name], ['Blue'])",
      ],
      prints: "blue",
    },
    "named imports of another cell": {
      cells: [
        'import { createHash } from "node:crypto";',
        "await pool.apply((text: string) => createHash('md5').update(text).digest('hex').length, ['x'])",
      ],
      prints: "32",
    },
    "imports of the same cell: named, default and namespace": {
      cells: [
        `import { cpus } from "node:os";
         import path from "node:path";
         import * as util from "node:util";
         const all = () => [cpus().length > 0, path.basename("/a/b"), util.isDeepStrictEqual([1], [1])].join(" ");`,
        "await pool.apply(all)",
      ],
      prints: "true b true",
    },
    "default and namespace imports of another cell": {
      cells: [
        'import path2 from "node:path";\nimport * as util2 from "node:util";',
        "await pool.apply(() => path2.basename('/a/b') + util2.inspect('c'))",
      ],
      prints: "b'c'",
    },
    "functions of a package": {
      cells: [
        'import { isCompleteCode } from "tslab/dist/converter.js";',
        "await pool.apply(() => isCompleteCode('let x = 1').completed)",
      ],
      prints: "true",
    },
    "a dynamic import": {
      cells: ["await pool.apply(async () => (await import('node:path')).basename('/a/b'))"],
      prints: "b",
    },
    require: {
      cells: ["await pool.apply(() => require('node:path').basename('/a/b'))"],
      prints: "b",
    },
    "closures over locals": {
      cells: [
        "function adder(a: number) { const twice = a * 2; return (x: number) => x + a + twice; }",
        "const addThree = adder(1);",
        "await pool.apply(addThree, [10])",
      ],
      prints: "13",
    },
    "method shorthand, also async and with a computed name": {
      cells: [
        `const key = "computed";
         const methods = { plain(x: number) { return x + 1; }, async later(x: number) { return x + 2; }, [key](x: number) { return x + 3; } };`,
        "(await Promise.all([pool.apply(methods.plain, [0]), pool.apply(methods.later, [0]), pool.apply(methods.computed, [0])])).join()",
      ],
      prints: "1,2,3",
    },
    "default parameters": {
      cells: ["const initial = 4;", "await pool.apply((x: number, y = initial) => x * y, [2])"],
      prints: "8",
    },
    "arrays and objects of functions": {
      cells: [
        "const steps = [(x: number) => x + 1, (x: number) => x * 2];",
        "await pool.apply((x: number) => steps.reduce((y, step) => step(y), x), [3])",
      ],
      prints: "8",
    },
    "instances of the notebook's classes": {
      cells: [
        "class Point { constructor(public x: number) {} double() { return this.x * 2; } }\nconst point = new Point(21);",
        "await pool.apply(() => point.double())",
      ],
      prints: "42",
    },
    "Map, Set, Date, bigint and typed arrays": {
      cells: [
        "const table = new Map([[1, new Set([2n])]]);\nconst floats = new Float32Array([0.5]);",
        "await pool.apply(() => `${[...table.get(1)!]} ${floats[0]} ${floats.constructor.name}`)",
      ],
      prints: "2 0.5 Float32Array",
    },
    "a constant that is named as a global one, in its own cell": {
      cells: [
        "const fetch = (x: number) => `own ${x}`;\nconst useIt = () => fetch(1);\nawait pool.apply(useIt)",
      ],
      prints: "own 1",
    },
    "functions in a Map, and instances in an array": {
      cells: [
        "const table2 = new Map([['next', (x: number) => x + 1]]);",
        "class Pixel { constructor(public x: number) {} double() { return this.x * 2; } }\nconst pixels = [new Pixel(1), new Pixel(2)];",
        "await pool.apply(() => [table2.get('next')!(1), ...pixels.map((pixel) => pixel.double())].join())",
      ],
      prints: "2,2,4",
    },
    "a function merged with a namespace": {
      cells: [
        "function scaled(x: number) { return x * scaled.factor; }\nnamespace scaled { export const factor = 3; }",
        "await pool.apply(() => scaled(2))",
      ],
      prints: "6",
    },
    "const enums, type-only imports, JSON": {
      cells: [
        "const enum Level { High = 3 }\nimport type { Stats } from 'node:fs';\nimport { statSync } from 'node:fs';\nimport manifest from './package.json';",
        "await pool.apply(() => { const stats: Stats = statSync('/'); return `${stats.isDirectory()} ${Level.High} ${manifest.name}`; })",
      ],
      prints: "true 3 poolbook",
    },
    "typeof a name that does not exist": {
      cells: ["declare const nowhere: unknown;\nawait pool.apply(() => typeof nowhere)"],
      prints: "undefined",
    },
    "generators inside a function": {
      cells: [
        "function* count(n: number) { for (let i = 0; i < n; i++) yield i; }",
        "await pool.apply((n: number) => [...count(n)].join(), [3])",
      ],
      prints: "0,1,2",
    },
  };
  for (const [what, { cells: code, prints }] of Object.entries(travels)) {
    test(what, () => assertPrints(prints, ...code));
  }

  test("a capture that has changed is noticed", () =>
    assertPrints(
      "1 2",
      "let level = 1;",
      "const readLevel = () => level;",
      "const before = await pool.apply(readLevel);",
      "level = 2;",
      "`${before} ${await pool.apply(readLevel)}`",
    ));

  test("a captured object that has changed is noticed", () =>
    assertPrints(
      "1 2",
      "const state = { level: 1 };\nconst readState = () => state.level;",
      "const early = await pool.apply(readState);\nstate.level = 2;",
      "`${early} ${await pool.apply(readState)}`",
    ));

  test("errors of the notebook's classes keep their class", () =>
    assertPrints(
      "true true ValueError: Called broken function 42 true",
      "class ValueError extends Error { override name = 'ValueError'; code = 42; }",
      "function broken(): number { throw new ValueError('Called broken function', { cause: new RangeError('why') }); }",
      "const failed = pool.applyAsync(broken);\nawait failed.wait();\nlet caught: any;\ntry { await failed.get(); } catch (error) { caught = error; }",
      "`${caught instanceof ValueError} ${!failed.successful()} ${caught} ${caught.code} ${caught.cause instanceof RangeError}`",
    ));

  const refused: Record<string, { cells: string[]; says: RegExp }> = {
    "a native function": {
      cells: ["await pool.apply(Math.max.bind(null), [1])"],
      says: /Cannot send function `bound max` to a worker: it is a native or bound function/,
    },
    "an open handle": {
      cells: [
        'import { createServer } from "node:net";\nconst server = createServer();',
        "await pool.apply(function listening() { return server.listening; })",
      ],
      says: /function `listening` .* it uses `server`, a Server, which belongs to this process; create it inside/,
    },
    "what a helper uses": {
      cells: [
        "const pending = new Promise(() => {});\nconst helper = () => pending;",
        "await pool.apply(function waits() { return helper(); })",
      ],
      says: /function `waits` .* it uses `helper`, which uses `pending`, a Promise, which belongs/,
    },
    this: {
      cells: ["class Counter { count = 1; get = () => this.count; }", "await pool.apply(new Counter().get)"],
      says: /it uses `this`, which has no value in a worker; pass the object as an argument/,
    },
    "an assignment to a captured variable": {
      cells: ["let total = 0;", "await pool.apply(function add() { total += 1; })"],
      says: /function `add` .* it uses `total`, to which it assigns, but a worker has only a copy; return the value instead/,
    },
    "an assignment to a captured variable by destructuring": {
      cells: ["let total2 = 0;", "await pool.apply(function add2() { [total2] = [1]; })"],
      says: /function `add2` .* it uses `total2`, to which it assigns/,
    },
    "a class": {
      cells: ["class Job {}", "await pool.apply(Job as unknown as () => void)"],
      says: /function `Job` .* it is a class/,
    },
    "a name that is not defined": {
      cells: ["// @ts-ignore\nfunction lost() { return missing; }", "await pool.apply(lost)"],
      says: /function `lost` .* it uses `missing`, which is not defined/,
    },
    "an instance with private fields": {
      cells: [
        "class Secret { #value = 1; get() { return this.#value; } }\nconst secret = new Secret();",
        "await pool.apply(function reveal() { return secret.get(); })",
      ],
      says: /it uses `secret`, a Secret, which belongs to this process/,
    },
  };
  for (const [what, { cells: code, says }] of Object.entries(refused)) {
    test(`${what} is refused by name before anything is sent`, async () => {
      const { succeeded, stderr } = await cells.run(...code);
      assert.equal(succeeded, false);
      assert.match(stderr, /FunctionTransferError/);
      assert.match(stderr, says);
    });
  }
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.
});
