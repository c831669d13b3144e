import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startScript } from "../../helpers/script.js";
import { Session } from "../../helpers/session.js";

/** The frames of a stack, without those that the pool adds. */
function framesOf(error: unknown): string[] {
  assert.ok(error instanceof Error);
  const lines = (error.stack ?? "").split("\n").map((line) => line.trim());
  return lines.filter((line) => line.startsWith("at ")).map((line) => line.slice("at ".length));
}

describe("stacks of errors from workers name the cell and the line of the user's TypeScript", () => {
  const session = new Session();
  let count = 0;
  /** Runs a cell; gives its name and what it has thrown. */
  async function run(source: string): Promise<{ cell: string; thrown: unknown }> {
    count++;
    const thrown = await session.run(source).then(
      () => undefined,
      (error: unknown) => error,
    );
    return { cell: `cell[${count}].ts`, thrown };
  }
  /** The value of a cell. */
  function valueIn(source: string): Promise<unknown> {
    count++;
    return session.run(source);
  }
  before(async () => {
    await run('import { Pool } from "poolbook";');
    await run("const pool = new Pool(1);");
  });
  after(() => session.run("await pool.terminate()"));

  const thrown: Record<string, { cell: string; call: string; frames: string[] }> = {
    "a function": {
      cell: `interface Row { n: number }
        // a comment
        function slowSum(rows: Row[]): number {
          throw new RangeError("sum");
        }`,
      call: "await pool.apply(slowSum, [[]])",
      frames: ["slowSum (CELL:4:17)"],
    },
    "the first line of a function": {
      cell: `const x: number = 1; function quick(n: number): number { throw new RangeError("sum"); }`,
      call: "await pool.apply(quick, [1])",
      frames: ["quick (CELL:1:64)"],
    },
    "an async arrow function": {
      cell: `type Both = [number, number];
        const late = async (both: Both) => { await null; throw new RangeError("sum"); };`,
      call: "await pool.apply(late, [[1, 2]])",
      frames: ["late (CELL:2:64)"],
    },
    "a helper that a function calls": {
      cell: `type Id = string;

        function inner(id: Id): never {
          throw new RangeError("sum");
        }
        function outer(id: Id) {
          const both = [id, id];
          return inner(both[0] as Id);
        }`,
      call: 'await pool.map(outer, ["a"])',
      frames: ["inner (CELL:4:17)", "outer (CELL:8:18)"],
    },
    "a method and a constructor of a class": {
      cell: `class Base { declare id: string; }
        class Account extends Base {
          static opened = [
            1,
            2,
          ];
          constructor(public balance: number) {
            super();
            this.take(balance);
          }
          take(amount: number): void {
            if (amount > 1) throw new RangeError("sum");
          }
        }
        const open = (n: number) => new Account(n);`,
      call: "await pool.apply(open, [5])",
      frames: ["Account.take (CELL:12:35)", "new Account (CELL:9:18)", "open (CELL:15:37)"],
    },
    "a method of an object": {
      cell: `const shop = { rate: 1 as number,
          async buy(n: number) { throw new RangeError("sum"); } };
        const buying = (n: number) => shop.buy(n);`,
      call: "await pool.apply(buying, [5])",
      frames: ["Object.buy (CELL:2:40)", "buying (CELL:3:44)"],
    },
    "a function that imports": {
      cell: `async function reads(name: string): Promise<void> {
          const { basename } = await import("node:path");
          throw new RangeError("sum" + basename(""));
        }`,
      call: 'await pool.apply(reads, ["a"])',
      frames: ["reads (CELL:3:17)"],
    },
  };
  for (const [title, { cell: source, call, frames }] of Object.entries(thrown)) {
    test(title, async () => {
      const { cell } = await run(source);
      const { thrown: error } = await run(call);
      assert.ok(error instanceof RangeError);
      assert.equal(error.message, "sum");
      const found = framesOf(error).slice(0, frames.length);
      assert.deepEqual(
        found,
        frames.map((frame) => frame.replace("CELL", cell)),
      );
    });
  }

  test("causes and the errors of an AggregateError, too", async () => {
    const { cell } = await run(`function failing(): void {
        const parts = [new Error("part")];
        throw new AggregateError(parts, "all", { cause: new Error("why") });
      }`);
    const { thrown: error } = await run("await pool.apply(failing)");
    assert.ok(error instanceof AggregateError);
    assert.deepEqual(
      [error, error.errors[0], error.cause].map((each) => framesOf(each)[0]),
      [`failing (${cell}:3:15)`, `failing (${cell}:2:24)`, `failing (${cell}:3:57)`],
    );
  });

  test("what a task returns, alone or inside of something, or writes to the standard streams", async (context) => {
    const { cell } = await run(`type Told = { list: Error[]; map: Map<string, unknown>; text: string };
      function tell(): Told {
        const error = new RangeError("ü", { cause: new Error("why") });
        const wide = new Error("\u4e16");
        return { list: [error, wide], map: new Map([["a", error]]), text: String(error.stack) };
      }
      function tellText(): string {
        return String(new Error("told").stack);
      }
      function shout(): void {
        console.log(new Error("shown"));
      }`);
    await run("const told = await pool.apply(tell);");
    const value = await valueIn("[told.list[0], told.list[0].cause, told.list[1], told.map.get('a')]");
    assert.ok(Array.isArray(value));
    const line = (row: number, column: number, name = "tell") => `${name} (${cell}:${row}:${column})`;
    assert.deepEqual(value.map(framesOf), [[line(3, 23)], [line(3, 52)], [line(4, 22)], [line(3, 23)]]);
    assert.equal(await valueIn("told.map.get('a') === told.list[0]"), true);
    const texts = await valueIn("[told.text, await pool.apply(tellText)]");
    assert.deepEqual(texts, [
      `RangeError: ü\n    at ${line(3, 23)}`,
      `Error: told\n    at ${line(8, 23, "tellText")}`,
    ]);
    const { write } = process.stdout;
    const written = new Promise((resolve) => {
      process.stdout.write = (text: unknown, ...rest: never[]) => {
        if (!String(text).startsWith("Error: shown")) {
          return write.call(process.stdout, text as string, ...rest);
        }
        resolve(text);
        return true;
      };
    });
    context.after(() => {
      process.stdout.write = write;
    });
    await valueIn("await pool.apply(shout)");
    assert.equal(await written, `Error: shown\n    at ${line(11, 21, "shout")}\n`);
  });

  test("what a worker's initializer has thrown", async () => {
    const { cell } = await run(`function prepare(): void {
        throw new RangeError("sum");
      }`);
    const { thrown: error } = await run(
      "{ const own = new Pool({ processes: 1, initializer: prepare }); await own.apply(() => 1).finally(() => own.terminate()); }",
    );
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    assert.equal(framesOf(cause)[0], `prepare (${cell}:2:15)`);
  });
});

test("stacks of errors from workers name the same line and column of a script as those of local calls", async () => {
  const script = startScript("pool/functions/stacks.mjs");
  assert.equal((await script.ended).exitCode, 0, script.stderr);
  assert.deepEqual(script.stdout.trimEnd().split("\n"), [
    "first line 2 true",
    "arrow 1 true",
    "inner 1 true",
    "method 1 true",
    "object 1 true",
  ]);
});
