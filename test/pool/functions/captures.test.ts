import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { FunctionTransferError, Pool } from "poolbook";
import { writeFiles } from "../../helpers/folder.js";

const pool = new Pool(1);
after(() => pool.terminate());

class Point {
  constructor(readonly x: number) {}
  double() {
    return this.x * 2;
  }
}

describe("captured values arrive as what they are", () => {
  test("a local variable that is named as a global one", async () => {
    const fetch = (x: number) => `own ${x}`;
    assert.equal(await pool.apply(() => fetch(1)), "own 1");
    const process = { pid: "own" };
    assert.equal(await pool.apply(() => process.pid), "own");
  });

  test("a variable that has no value yet is refused, where V8 tells: from Node 22 on", async () => {
    const call = pool.apply(() => later);
    const later = await Promise.resolve(1);
    if (Number(process.versions.node.split(".")[0]) < 22) {
      assert.equal(await call, undefined);
    } else {
      await assert.rejects(call, /FunctionTransferError: .* it uses `later`, which has no value yet/);
    }
    assert.equal(await pool.apply(() => later), 1);
  });

  test("instances inside of objects, arrays, maps and sets keep their class", async () => {
    const holders = {
      object: { point: new Point(1) },
      array: [new Point(2)],
      map: new Map([["point", new Point(3)]]),
      set: new Set([new Point(4)]),
    };
    const doubled = await pool.apply(() => [
      holders.object.point.double(),
      holders.array[0]?.double(),
      holders.map.get("point")?.double(),
      [...holders.set][0]?.double(),
    ]);
    assert.deepEqual(doubled, [2, 4, 6, 8]);
  });

  test("instances of classes that extend Array, Map and Error", async () => {
    class Stack extends Array<number> {
      top() {
        return this.at(-1);
      }
    }
    class Registry extends Map<string, number> {
      known() {
        return [...this.keys()];
      }
    }
    class HttpError extends Error {
      status = 404;
    }
    const stack = Stack.from([1, 2]) as Stack;
    const registry = new Registry([["one", 1]]);
    const error = new HttpError("not found", { cause: 1 });
    assert.deepEqual(await pool.apply(() => [stack.top(), stack.length, registry.known(), registry.size]), [
      2,
      2,
      ["one"],
      1,
    ]);
    assert.deepEqual(
      await pool.apply(() => [error.message, error.status, error.cause, error instanceof HttpError]),
      ["not found", 404, 1, true],
    );
  });

  test("functions in maps and sets, and in arrays with holes", async () => {
    const table = new Map([["next", (x: number) => x + 1]]);
    // biome-ignore lint/suspicious/noSparseArray: the holes are what is tested.
    const sparse = [, () => 1, ,];
    assert.equal(await pool.apply(() => table.get("next")?.(1)), 2);
    assert.deepEqual(await pool.apply(() => [sparse.length, 0 in sparse, sparse[1]?.()]), [3, false, 1]);
  });

  test("own properties of functions, and static ones of classes as they are now", async () => {
    const add = Object.assign((x: number) => x + add.offset, { offset: 1 });
    class Settings {
      readonly kind = "settings";
      static level = 1;
      static only = new (class {
        #secret = 7;
        get() {
          return this.#secret;
        }
      })();
    }
    const read = () => [add(1), Settings.level, Settings.only.get()];
    assert.deepEqual(await pool.apply(read), [2, 1, 7]);
    add.offset = 2;
    Settings.level = 2;
    assert.deepEqual(await pool.apply(read), [3, 2, 7]);
  });

  test("a class that extends what a function was given", async () => {
    const doubling = (Base: typeof Point) =>
      class extends Base {
        twice() {
          return this.double() * 2;
        }
      };
    const Twice = doubling(Point);
    assert.equal(await pool.apply(() => new Twice(3).twice()), 12);
  });

  test("objects that hold the class which uses them", async () => {
    const registry = new Map<string, unknown>();
    class Entry {
      isKnown() {
        return registry.get("class") === Entry && registry.get("first") instanceof Entry;
      }
    }
    registry.set("class", Entry).set("first", new Entry());
    assert.equal(await pool.apply(() => new Entry().isKnown()), true);
  });

  test("what a static block assigns to is assigned again", async () => {
    let count = 0;
    class Counter {
      static {
        count = 5;
      }
      read() {
        return count;
      }
    }
    assert.equal(await pool.apply(() => new Counter().read()), 5);
  });

  test("an object that two functions share is one object there, too", async () => {
    const shared = { count: 0 };
    const outer = { shared };
    const increment = () => ++shared.count;
    const read = () => [shared.count, outer.shared.count];
    const counts = await pool.apply(() => {
      increment();
      return read();
    });
    assert.deepEqual(counts, [1, 1]);
    assert.equal(shared.count, 0);
  });

  test("a variable that its own function uses, when it has changed", async () => {
    let step = (n: number): string => (n === 0 ? "first" : step(n - 1));
    const first = step;
    assert.equal(await pool.apply(first, [1]), "first");
    step = () => "second";
    assert.equal(await pool.apply(first, [1]), "second");
  });
});

describe("what cannot travel is refused by name", () => {
  async function assertRefused(task: () => unknown, says: RegExp): Promise<void> {
    await assert.rejects(pool.apply(task), (error: Error) => {
      assert.ok(error instanceof FunctionTransferError, String(error));
      assert.match(error.message, says);
      return true;
    });
  }

  test("every way to assign to a captured variable", async () => {
    let total: number | null = 0;
    const held = { total: 0 };
    const ways = [
      () => {
        [total] = [1];
      },
      () => {
        ({ total } = { total: 1 });
      },
      () => {
        for (total of [1]) {
        }
      },
      () => {
        total = 2;
      },
      () => {
        let box: { total: number } | null = held;
        box.total = 1;
        box = null;
        total = box;
      },
    ];
    for (const way of ways) {
      await assertRefused(way, /it uses `total`, to which it assigns/);
    }
  });

  test("what a package has made, by the user's names and not by those inside the package", async () => {
    const folder = mkdtempSync(join(tmpdir(), "poolbook-"));
    writeFiles(folder, {
      "node_modules/stateful/index.js": `let made = 0;
        class Inner { constructor() { made++; } }
        class Outer { constructor() { this.inner = new Inner(); this.close = () => made; } }
        exports.make = () => new Outer();`,
    });
    try {
      const { make } = createRequire(join(folder, "script.js"))("stateful");
      const row = make();
      class Table {
        first = row;
        all = () => row;
      }
      const table = new Table();
      const made =
        /it uses (.*), made by the package `stateful` \(whose code keeps state in variables that a worker has only copies of\); make it inside the function, or in a module that the function imports$/;
      for (const [task, names] of [
        [() => row, "`row`"],
        [() => table, "`table`, which uses `Table`, which uses `row`"],
      ] as const) {
        await assert.rejects(pool.apply(task), ({ message }: Error) => {
          assert.equal(made.exec(message)?.[1], names, message);
          return true;
        });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("`arguments` of the function around it", () => {
    function outer(..._values: number[]) {
      // biome-ignore lint/complexity/noArguments: it is what is tested.
      return () => arguments[0];
    }
    return assertRefused(outer(1), /it uses `arguments`, which belong to the function around it/);
  });

  test("`new.target` of the function around it", () => {
    function Outer() {
      return () => new.target;
    }
    return assertRefused(Outer(), /it is one that uses `new.target`/);
  });

  test("an instance with private fields of a base class", () => {
    class Base {
      #secret = 1;
      get() {
        return this.#secret;
      }
    }
    class Derived extends Base {}
    const secret = new Derived();
    return assertRefused(() => secret.get(), /it uses `secret`, a Derived, which belongs to this process/);
  });

  test("an instance of a class that extends Date or a typed array", async () => {
    class Day extends Date {}
    class Vector extends Float64Array {}
    const day = new Day();
    const vector = new Vector(1);
    await assertRefused(() => day.getTime(), /it uses `day`, a Day, which belongs to this process/);
    await assertRefused(() => vector[0], /it uses `vector`, a Vector, which belongs to this process/);
  });

  test("`super` and `import.meta`", async () => {
    const base = { up: () => "up" };
    const method = Object.setPrototypeOf(
      {
        go() {
          return super.toString();
        },
      },
      base,
    ) as { go(): string };
    await assertRefused(method.go, /it uses `super`, which stays with its class/);
    await assertRefused(() => import.meta.url, /it uses `import.meta`, which stays with its module/);
  });
});
