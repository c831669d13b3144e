import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { FunctionTransferError, Pool } from "poolbook";

class Point {
  readonly x: number;
  readonly tags: readonly unknown[];
  constructor(x: number, tags: readonly unknown[] = []) {
    this.x = x;
    this.tags = tags;
  }
  get double() {
    return this.x * 2;
  }
}

class Special extends Point {
  override get double() {
    return -1;
  }
}

describe("captured values", () => {
  const pool = new Pool(1);
  after(() => pool.terminate());

  test("instances keep their classes wherever they are, and their identities", async () => {
    const one = new Point(1);
    const table = {
      list: [one, new Special(2), one],
      map: new Map<unknown, unknown>([[one, new Point(3, [new Date(5), new Point(4)])]]),
      set: new Set([new Special(6)]),
      plain: { x: 7 },
    };
    const look = () => {
      const [first, second, third] = table.list;
      const [[key, value] = []] = [...table.map];
      const inner = value instanceof Point ? value.tags[1] : undefined;
      return [
        first === third && first === key && first === one,
        first?.double,
        second instanceof Special && second.double,
        inner instanceof Point && inner.double,
        [...table.set].map((special) => special.double),
        Object.getPrototypeOf(table.plain) === Object.prototype,
      ];
    };
    const here = look();
    assert.deepEqual(here, [true, 2, -1, 8, [-1], true]);
    assert.deepEqual(await pool.apply(look), here);
  });

  test("each change is seen by the next call: values, places, classes, holes, entries, keys", async () => {
    const box: { list: unknown[]; map: Map<unknown, unknown>; own: Record<string, unknown> } = {
      list: [new Point(1), new Point(2)],
      map: new Map([[1, { deep: [1] }]]),
      own: { a: 1 },
    };
    const show = () => [
      box.list.map((item) =>
        item instanceof Special ? "special" : item instanceof Point ? item.double : item,
      ),
      JSON.stringify([...box.map]),
      Object.keys(box.own).join(),
    ];
    const changes: (() => void)[] = [
      () => {},
      () => Object.assign(box.list[0] as object, { x: 5 }),
      () => box.list.reverse(),
      () => {
        box.list[1] = new Special(5);
      },
      () => {
        box.list[1] = { x: 5, tags: [] };
      },
      () => Object.setPrototypeOf(box.list[1], Point.prototype),
      () => box.list.push(new Point(9)),
      () => box.map.get(1) && Object.assign(box.map.get(1) as object, { deep: [1, 2] }),
      () => box.map.set(2, 3).delete(1),
      () => {
        box.own = { b: 1, a: 1 };
      },
      () => {
        box.own.a = () => 1;
      },
      () => {
        delete box.own.a;
      },
    ];
    for (const change of changes) {
      change();
      assert.deepEqual(await pool.apply(show), show(), String(change));
    }
  });

  test("a change of the class itself is seen, too", async () => {
    class Rate {
      static factor = 2;
      x = 3;
      get value() {
        return this.x * Rate.factor;
      }
    }
    const rates = [new Rate()];
    const sum = () => rates.map(({ value }) => value);
    assert.deepEqual(await pool.apply(sum), [6]);
    Rate.factor = 5;
    assert.deepEqual(await pool.apply(sum), [15]);
  });

  test("properties that are not enumerable travel with instances and errors, and stay so", async () => {
    class Hidden {
      shown = 1;
      constructor() {
        Object.defineProperty(this, "secret", { value: [2], writable: true, configurable: true });
      }
    }
    const hidden = [new Hidden()];
    const error = Object.defineProperty(new RangeError("of mine", { cause: "a cause" }), "issues", {
      value: [3],
    });
    const look = () => [
      Reflect.get(hidden[0] ?? {}, "secret"),
      Object.keys(hidden[0] ?? {}),
      Reflect.get(error, "issues"),
      Object.keys(error),
      [error.message, error.cause, error instanceof RangeError],
    ];
    const expected = [[2], ["shown"], [3], [], ["of mine", "a cause", true]];
    assert.deepEqual(look(), expected);
    assert.deepEqual(await pool.apply(look), expected);
  });

  test("a map or set with properties of its own keeps them", async () => {
    const map = Object.assign(new Map([[1, 2]]), { label: "map" });
    const set = Object.assign(new Set([1]), { label: "set" });
    assert.deepEqual(await pool.apply(() => [map.label, map.get(1), set.label, set.has(1)]), [
      "map",
      2,
      "set",
      true,
    ]);
  });

  test("a Proxy is refused by name, alone and among data, and so is what cannot be cloned", async () => {
    const proxy = new Proxy({ a: 1 }, {});
    const inside = { rows: [{ proxy }] };
    const message = /uses `proxy`, a Proxy, whose behaviour stays in this process/;
    await assert.rejects(
      pool.apply(() => proxy.a),
      { name: "FunctionTransferError", message },
    );
    await assert.rejects(
      pool.apply(() => inside.rows.length),
      { name: "FunctionTransferError", message: /`proxy`, a Proxy/ },
    );
    const listed = [1, new Proxy([], {})];
    await assert.rejects(
      pool.apply(() => listed.length),
      /`1`, a Proxy/,
    );
  });

  test("a getter that throws throws in the worker, when it is asked", async () => {
    const broken = {
      get value(): number {
        throw new RangeError("of the getter");
      },
    };
    assert.deepEqual(await pool.apply(() => Object.keys(broken)), ["value"]);
    await assert.rejects(
      pool.apply(() => broken.value),
      /of the getter/,
    );
  });

  test("objects whose class comes from Object.create keep it", async () => {
    function Stack(this: { items: number[] }) {
      this.items = [];
    }
    Stack.prototype.push = function (this: { items: number[] }, item: number) {
      this.items.push(item);
      return this;
    };
    const make = (): { items: number[]; push(item: number): unknown } => {
      const stack = Object.create(Stack.prototype);
      stack.items = [1];
      return stack;
    };
    const stacks = { first: make(), all: [make(), make()] };
    const look = () => {
      stacks.first.push(2);
      return [stacks.first.items, stacks.all.map((stack) => typeof stack.push)];
    };
    assert.deepEqual(await pool.apply(look), [
      [1, 2],
      ["function", "function"],
    ]);
  });

  test("what is nested too deeply is refused for that", async () => {
    let list: unknown;
    for (let depth = 0; depth < 20_000; depth++) {
      list = { list };
    }
    await assert.rejects(
      pool.apply(() => typeof list),
      (error) => error instanceof FunctionTransferError && /nested too deeply/.test(error.message),
    );
  });
});
