import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Pool } from "poolbook";

const pool = new Pool(1);
after(() => pool.terminate());

/** All that can be told of an array and what it holds: classes, properties in their order, and their flags. */
function told(object: object): unknown {
  const type = Object.getPrototypeOf(object)?.constructor?.name;
  const properties = Reflect.ownKeys(object).map((key) => {
    const { value, get, ...flags } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    const shown: unknown = get ? get() : value;
    const inner = typeof shown === "object" && shown !== null ? told(shown) : String(shown);
    return [String(key), inner, flags.writable, flags.enumerable, flags.configurable];
  });
  return [type, Object.isExtensible(object), properties];
}

class Sums extends Array<number> {
  get sum() {
    return this.reduce((a, b) => a + b, 0);
  }
}
class Mark {
  at = 1;
}

const numbers = (length: number) => Array.from({ length }, (_, index) => index);
const withProperty = (array: unknown[], key: PropertyKey, descriptor: PropertyDescriptor) =>
  Object.defineProperty(array, key, descriptor);

const arrays: Record<string, object> = {
  "holes and nothing else": new Array(3),
  "holes before and behind": Object.assign(new Array(8), { 0: 0, 2: null, 3: undefined }),
  "an index near the end of what there is": Object.assign([], { 4294967290: 1 }),
  "a named property": Object.assign([1], { tag: "t" }),
  "a named property of an object with a class": Object.assign([1], { mark: new Mark() }),
  "a named property of a long one": Object.assign(numbers(500), { mark: new Mark() }),
  "a hidden property": withProperty([1], "hidden", { value: 5 }),
  "a hidden property of a long one": withProperty(numbers(500), "hidden", { value: 5 }),
  "a symbol": Object.assign([1], { [Symbol.for("poolbook.test")]: 1 }),
  "an element that is read-only": withProperty([1, 2], 0, { writable: false }),
  "a late element that is read-only": withProperty(numbers(500), 400, { writable: false }),
  "an element that is hidden": withProperty([1, 2], 0, { enumerable: false }),
  "an element with a getter": withProperty([1, 2], 0, { get: () => 3 }),
  "a length that is read-only": withProperty([1], "length", { writable: false }),
  "an inner array with a read-only element": [[withProperty([1], 0, { writable: false })]],
  "no further elements": Object.preventExtensions(Object.assign(new Array(3), [1])),
  sealed: Object.seal([1, new Mark()]),
  frozen: Object.freeze([1, Object.freeze([2])]),
  "functions, frozen": Object.freeze(Object.assign(new Array(3), [() => 1])),
  "a class that extends Array": new Sums(1, 2, 3),
  "such a class, frozen, with a property": Object.freeze(Object.assign(new Sums(1, 2), { tag: 1 })),
  "the groups of a match": Object.assign([], /a(?<x>b)/.exec("ab")),
  "a match": /a(?<x>b)?/d.exec("ab") ?? [],
  "the strings of a template": ((strings: TemplateStringsArray, _: number) => strings)`a${1}\n`,
};

describe("captured arrays arrive as they are, with", () => {
  for (const [what, array] of Object.entries(arrays)) {
    test(what, async () => {
      const tell = () => told(array);
      assert.deepEqual(await pool.apply(tell), tell());
    });
  }

  test("what was made of them between two calls", async () => {
    const [inner, table] = [[1], { rows: [[1], [2]] }];
    const tell = () => [inner, table].map((each) => told(each));
    const changes = [
      () => inner.push(2),
      () => Object.assign(inner, { tag: new Mark() }),
      () => Object.freeze(inner),
      () => Object.freeze(table.rows[0]),
      () => table.rows.reverse(),
      () => Object.preventExtensions(table),
    ];
    for (const change of changes) {
      change();
      assert.deepEqual(await pool.apply(tell), tell());
    }
  });
});
