import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { FunctionTransferError, Pool } from "poolbook";

const pool = new Pool(1);
after(() => pool.terminate());

describe("an object that a function has captured is in a worker what it is here", () => {
  const accessors = {
    value: 0,
    set double(value: number) {
      this.value = value * 2;
    },
    get double() {
      return this.value;
    },
  };
  const list = {
    *[Symbol.iterator]() {
      yield 1;
      yield 2;
    },
  };
  const primitive = { [Symbol.toPrimitive]: () => 42 };
  const tagged = { [Symbol.toStringTag]: "Mine" };
  const registered = { [Symbol.for("poolbook.test")]: 5 };
  const frozen = Object.freeze({ a: 1, inner: Object.freeze([1]) });
  const frozenWithFunction = Object.freeze({ a: 1, one: () => 1 });
  const sealed = Object.seal({ a: 1 });
  const closed = Object.preventExtensions({ a: 1 });
  const hidden = Object.defineProperty({ a: 1 }, "b", { value: 7 });
  const bare = Object.assign(Object.create(null), { a: 1 });
  const bareWithFunction = Object.assign(Object.create(null), { one: () => 1 });
  const inOrder = {
    z: 1,
    get y() {
      return 2;
    },
    x: () => 3,
  };
  const template = ((strings: TemplateStringsArray, ..._: number[]) => strings)`a${1}\n`;
  const holes = Object.assign(new Array(3), { 0: 1, 2: 3 });
  const match = /a/.exec("xay");
  const total = Object.assign([1, 2], { total: 3 });
  const error = Object.assign(new TypeError("m", { cause: new RangeError("c") }), { code: "E1" });
  const group = new AggregateError([new RangeError("q")], "m");
  class Point {
    x = 1;
    constructor() {
      Object.assign(this, { [Symbol.for("poolbook.test")]: 7 });
      Object.defineProperty(this, "z", { get: () => 6, enumerable: true });
      Object.freeze(this);
    }
  }
  const point = new Point();
  const many = [Object.freeze(new Error("frozen")), bare, frozen];

  const cases: Record<string, () => unknown> = {
    "with a getter and a setter": () => {
      accessors.double = 4;
      return [accessors.value, accessors.double];
    },
    "that is iterable": () => [...list],
    "that is made a primitive": () => Number(primitive),
    "with a tag": () => String(tagged),
    "with a symbol as key": () => registered[Symbol.for("poolbook.test")],
    "that is frozen": () => [
      Object.isFrozen(frozen),
      Object.isFrozen(frozen.inner),
      Reflect.set(frozen, "a", 2),
      Reflect.set(frozen.inner, 1, 2),
    ],
    "that is frozen and holds a function": () => [
      Object.isFrozen(frozenWithFunction),
      frozenWithFunction.one(),
    ],
    "that is sealed": () => [Object.isSealed(sealed), Object.isFrozen(sealed)],
    "that is not extensible": () => [Object.isExtensible(closed), Object.isSealed(closed)],
    "with a hidden property": () => [hidden, Object.getOwnPropertyDescriptor(hidden, "b")],
    "without a prototype": () => [bare.a, Object.getPrototypeOf(bare), "toString" in bare],
    "without a prototype, with a function": () => [
      bareWithFunction.one(),
      Object.getPrototypeOf(bareWithFunction),
    ],
    "whose keys have an order": () => [Object.keys(inOrder), inOrder.x()],
    "of a template": () => [[...template], template.raw, Object.isFrozen(template)],
    "with holes": () => [1 in holes, holes.length],
    "of a match": () => [match?.index, match?.input],
    "with more than elements": () => [total.total, total.length],
    "that is an error": () => [
      error instanceof TypeError,
      error.code,
      error.cause instanceof RangeError,
      Object.keys(error),
      error.stack === undefined,
    ],
    "that is an error of many": () => [
      group instanceof AggregateError,
      group.errors[0] instanceof RangeError,
    ],
    "that is an instance": () => [
      point instanceof Point,
      Object.getOwnPropertyDescriptor(point, "z")?.get?.call(point),
      Reflect.get(point, Symbol.for("poolbook.test")),
      Object.isFrozen(point),
    ],
    "among others": () =>
      many.map((object) => [Object.isFrozen(object), Object.getPrototypeOf(object) === null]),
  };
  for (const [kind, fn] of Object.entries(cases)) {
    it(kind, async () => assert.deepEqual(await pool.apply(fn), fn()));
  }
});

describe("a function or class that a function has captured is closed in a worker as it is here", () => {
  class Frozen {
    static count = 1;
    static #secret = 2;
    static secret() {
      return Frozen.#secret;
    }
    method() {
      return 3;
    }
    get four() {
      return 4;
    }
  }
  Object.freeze(Frozen);
  Object.freeze(Frozen.prototype);
  class Sealed {
    method() {
      return 1;
    }
  }
  Object.seal(Sealed.prototype);
  class Closed extends Sealed {}
  Object.preventExtensions(Closed.prototype);
  class ReadOnly {
    method() {
      return 1;
    }
  }
  Object.defineProperty(ReadOnly.prototype, "method", { writable: false });
  class Even {
    odd() {
      return Odd;
    }
  }
  class Odd extends Even {}
  Object.freeze(Even.prototype);
  Object.freeze(Odd);
  const one = Object.freeze(Object.assign(() => 1, { also: 2 }));
  const readOnly = Object.defineProperty({ a: 1 }, "b", { value: 2, enumerable: true });

  const cases: Record<string, () => unknown> = {
    "a frozen class": () => [
      [Frozen, Frozen.prototype].map(Object.isFrozen),
      [Frozen.count, Frozen.secret(), new Frozen().method(), new Frozen().four],
      Reflect.set(Frozen, "count", 2),
      Reflect.defineProperty(Frozen.prototype, "more", { value: 1 }),
    ],
    "a sealed prototype": () => [
      Object.isSealed(Sealed.prototype),
      Object.isFrozen(Sealed.prototype),
      Reflect.set(Sealed.prototype, "method", () => 2),
    ],
    "a prototype that is not extensible": () => [
      Object.isExtensible(Closed.prototype),
      Object.isExtensible(Closed),
      new Closed().method(),
    ],
    "a method that is read-only": () => [
      Object.getOwnPropertyDescriptor(ReadOnly.prototype, "method")?.writable,
      new ReadOnly().method(),
    ],
    "classes that name each other": () => [
      new Odd().odd() === Odd,
      Object.isFrozen(Odd),
      Object.isFrozen(Even),
      Object.isFrozen(Even.prototype),
    ],
    "a frozen function": () => [Object.isFrozen(one), one(), one.also],
    "an object with a read-only property": () => Object.getOwnPropertyDescriptor(readOnly, "b"),
  };
  for (const [kind, fn] of Object.entries(cases)) {
    it(kind, async () => assert.deepEqual(await pool.apply(fn), fn()));
  }

  it("from the next call on, when it is closed between two", async () => {
    class Later {}
    const isOpen = () => [Object.isExtensible(Later), Object.isExtensible(Later.prototype)];
    assert.deepEqual(await pool.apply(isOpen), [true, true]);
    Object.freeze(Later.prototype);
    assert.deepEqual(await pool.apply(isOpen), [true, false]);
    Object.freeze(Later);
    assert.deepEqual(await pool.apply(isOpen), [false, false]);
  });
});

describe("an object that cannot be in a worker what it is here is refused, by its kind", () => {
  const date = Object.assign(new Date(0), { zone: "x" });
  const text = Object.assign(new String("q"), { more: 1 });
  const pattern = Object.assign(/a/, { more: 1 });
  const local = { [Symbol("local")]: 1 };
  const argumentsOf = (function (this: unknown, ..._: number[]) {
    // biome-ignore lint/complexity/noArguments: they are meant.
    return arguments;
  })(1, 2);
  class Day extends Date {}
  const day = new Day();
  const iterator = [1].values();
  const generator = (function* () {
    yield 1;
  })();
  const weak = new WeakMap();
  const url = new URL("http://a/b");
  const format = new Intl.NumberFormat("de");
  const signal = AbortSignal.abort();

  const cases: [() => unknown, RegExp][] = [
    [() => date.zone, /uses `date`, a Date with properties of its own, which would be lost/],
    [() => text.more, /uses `text`, a String with properties of its own/],
    [() => pattern.more, /uses `pattern`, a RegExp with properties of its own/],
    [() => local, /uses `local`.*a symbol of this process; use Symbol\.for\(\)/],
    [() => argumentsOf.length, /uses `argumentsOf`, the `arguments` of a call; use an array of them/],
    [() => day.getTime(), /uses `day`, a Day, which belongs to this process/],
    [() => iterator.next(), /uses `iterator`, an .*which belongs to this process/],
    [() => generator.next(), /uses `generator`, an .*which belongs to this process/],
    [() => weak.has(weak), /uses `weak`, a WeakMap/],
    [() => url.host, /uses `url`, an URL/],
    [() => format.format(1), /uses `format`, a NumberFormat/],
    [() => signal.aborted, /uses `signal`, an AbortSignal/],
  ];
  for (const [fn, message] of cases) {
    it(String(message), () =>
      assert.rejects(pool.apply(fn), (error: Error) => {
        assert.ok(error instanceof FunctionTransferError);
        assert.match(error.message, message);
        return true;
      }),
    );
  }
});
