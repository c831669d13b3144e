import assert from "node:assert/strict";
import inspector from "node:inspector";
import { after, before, describe, test } from "node:test";
import { Session } from "../../helpers/session.js";

/* What only the kernel's own compiler has, beside cell-functions.test.ts, which runs on stock tslab. */
describe("functions of cells of this kernel", () => {
  const session = new Session();
  before(async () => {
    await session.run('import { Pool } from "poolbook";');
    await session.run("const pool = new Pool(1);");
  });
  after(() => session.run("await pool.terminate()"));

  const travels: Record<string, { cells: string[]; gives: unknown }> = {
    "decorated methods and accessors": {
      cells: [
        "function doubled(method: () => number, _: unknown) { return () => 2 * method(); }",
        "class Decorated { @doubled six() { return 3; } accessor seven = 7; }",
        "await pool.apply(() => [new Decorated().six(), new Decorated().seven])",
      ],
      gives: [6, 7],
    },
    "`using` with what the compiler makes of it": {
      cells: [
        `function disposes() {
           let log = "";
           { using resource = { [Symbol.dispose]() { log += "disposed"; } }; log += "used "; }
           return log;
         }`,
        "await pool.apply(disposes)",
      ],
      gives: "used disposed",
    },
    "a variable that a later cell has changed": {
      cells: ["let level = 1;\nconst readLevel = () => level;", "level = 2;", "await pool.apply(readLevel)"],
      gives: 2,
    },
    "a helper that a later cell has declared again": {
      cells: [
        "function helper() { return 1; }",
        "function useHelper() { return helper(); }",
        "await pool.apply(useHelper);",
        "function helper() { return 2; }",
        "await pool.apply(useHelper)",
      ],
      gives: 2,
    },
    "names of global ones": {
      cells: [
        "const fetch = (x: number) => x + 1;\nconst process = { pid: 'own' };\nconst name = 'named';",
        "await pool.apply(() => [fetch(1), process.pid, name])",
      ],
      gives: [2, "own", "named"],
    },
    "names a function gives to its own variables": {
      cells: [
        "await pool.apply(() => { const exports = 1, require = 2, module = 3; return exports + require + module; })",
      ],
      gives: 6,
    },
  };
  travels["variables of a cell that has the name `exports` for something else"] = {
    cells: [
      "const five = 5;\nconst twice = (x: number) => 2 * x;\nconst usesBoth = () => twice(five);\nconst own = { exports: 1 };",
      "[own.exports, await pool.apply(usesBoth), await pool.apply(() => [own.exports, twice(1)])]",
    ],
    gives: [1, 10, [1, 2]],
  };
  for (const [what, { cells, gives }] of Object.entries(travels)) {
    test(what, async () => {
      let value: unknown;
      for (const cell of cells) {
        value = await session.run(cell);
      }
      assert.deepEqual(value, gives);
    });
  }

  test("a function of the running cell is sent without turning the debugger on", async (t) => {
    const { mock } = t.mock.method(inspector.Session.prototype, "post");
    assert.equal(
      await session.run("await pool.apply((x: number) => { let y = x; y += 1; return y; }, [1])"),
      2,
    );
    const asked = mock.calls.map((call) => String(call.arguments[0]));
    assert.ok(asked.includes("Runtime.getProperties"));
    assert.ok(!asked.includes("Debugger.enable"));
  });

  test("`import.meta` is refused by that name", async () => {
    const cell = "await pool.apply(() => import.meta.url)";
    await assert.rejects(session.run(cell), {
      name: "FunctionTransferError",
      message: /it uses `import\.meta`, which stays with its module; put what you need of it into a variable/,
    });
  });

  test("an assignment to such a variable is refused by its name", async () => {
    await session.run(
      "let sum = 0;\nconst adds = { exports() { sum += 1; } };\nconst addsTo = () => adds.exports();",
    );
    await assert.rejects(session.run("await pool.apply(addsTo)"), /which uses `sum`, to which it assigns/);
  });

  test("an assignment by destructuring to a variable of another cell is refused", async () => {
    await session.run("let total = 0;");
    await assert.rejects(
      session.run("await pool.apply(() => { ({ a: total } = { a: 1 }); })"),
      /it uses `total`, to which it assigns/,
    );
  });
});
