import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { after, describe, test } from "node:test";
import { FunctionTransferError, Pool } from "poolbook";

const pool = new Pool(1);
after(() => pool.terminate());

/** The worker's answer is that of this process. */
async function assertSame(task: () => unknown): Promise<void> {
  assert.deepEqual(await pool.apply(task), await task());
}

describe("classes arrive as they are now", () => {
  test("whichever of base and derived class is named first", async () => {
    class Base {
      static level = 1;
      derived() {
        return new Derived().name();
      }
    }
    class Derived extends Base {
      name() {
        return "derived";
      }
    }
    await assertSame(() => [Base.level, Derived.level, new Base().derived()]);
    await assertSame(() => [Derived.level, Base.level, new Derived() instanceof Base]);
  });

  test("extending what an expression gives", async () => {
    const own = {
      Base: class {
        one() {
          return 1;
        }
      },
    };
    const events = { EventEmitter };
    const mixed = (Base: typeof Object) =>
      class extends Base {
        five() {
          return 5;
        }
      };
    class Member extends own.Base {}
    class Mixed extends mixed(Object) {}
    class Emitter extends events.EventEmitter {}
    class Nothing extends (null as unknown as typeof Object) {
      static two = 2;
    }
    await assertSame(() => [
      new Member().one(),
      new Mixed().five(),
      typeof new Emitter().on,
      Nothing.two,
      Object.getPrototypeOf(Nothing.prototype),
    ]);
  });

  test("with methods that were assigned, wrapped, deleted or given by a symbol", async () => {
    class Patched {
      plain() {
        return "plain";
      }
      wrapped() {
        return "wrapped";
      }
      gone() {
        return "gone";
      }
      get level() {
        return 1;
      }
    }
    Patched.prototype.plain = () => "assigned";
    const { wrapped } = Patched.prototype;
    Patched.prototype.wrapped = function (this: Patched) {
      return `${wrapped.call(this)} twice`;
    };
    Reflect.deleteProperty(Patched.prototype, "gone");
    Object.defineProperty(Patched.prototype, "level", { get: () => 2, configurable: true });
    Object.assign(Patched.prototype, {
      *[Symbol.iterator]() {
        yield 3;
      },
    });
    await assertSame(() => {
      const patched = new Patched();
      const values = [...(patched as unknown as Iterable<number>)];
      return [patched.plain(), patched.wrapped(), "gone" in patched, patched.level, values];
    });
  });

  test("with a wrapped method that uses `super` and private fields", async () => {
    class Base {
      hello() {
        return "hello";
      }
    }
    class Derived extends Base {
      #name = "you";
      override hello() {
        return `${super.hello()} ${this.#name}`;
      }
    }
    const { hello } = Derived.prototype;
    Derived.prototype.hello = function () {
      return `${hello.call(this)}!`;
    };
    await assertSame(() => new Derived().hello());
  });

  test("constructor functions with their prototypes and what those inherit from", async () => {
    function Parent(this: { size: number }, size: number) {
      this.size = size;
    }
    Parent.prototype.double = function () {
      return this.size * 2;
    };
    function Child(this: { size: number }, size: number) {
      Parent.call(this, size);
    }
    Child.prototype = Object.create(Parent.prototype, {
      triple: {
        value(this: { size: number }) {
          return this.size * 3;
        },
      },
    });
    await assertSame(() => {
      const child = Reflect.construct(Child, [4]);
      return [child.double(), child.triple(), child instanceof Parent, Object.hasOwn(child, "size")];
    });
  });

  test("static members as they are, private ones too, and nothing of them made twice", async () => {
    const made: string[] = [];
    class Counter {
      static #count = 0;
      static made = made.push("made");
      static next() {
        return ++Counter.#count;
      }
      static {
        made.push("block");
      }
      read() {
        return Counter.#count;
      }
    }
    Counter.next();
    assert.deepEqual(await pool.apply(() => [Counter.next(), Counter.made, made]), [2, 1, ["made", "block"]]);
  });

  test("static fields that the class does not initialize, as they are or refused by name", async () => {
    class Hidden {
      readonly #value = 1;
      get value() {
        return this.#value;
      }
    }
    class Fields extends Object {
      static #inner: unknown;
      static outer: unknown;
      static made = new Hidden();
      static set(value: unknown) {
        Fields.#inner = value;
        Fields.outer = value;
      }
      static get() {
        return [Fields.#inner, Fields.outer, Fields.made.value];
      }
    }
    await assertSame(() => Fields.get());
    Fields.set(7);
    await assertSame(() => Fields.get());
    Fields.set(new Hidden());
    await assert.rejects(
      pool.apply(() => Fields.get()),
      (error) => error instanceof FunctionTransferError && /`(outer|#inner)`, a Hidden/.test(error.message),
    );
  });

  test("instances of a class whose only private members are static", async () => {
    class Counted {
      static #count = 0;
      readonly number = ++Counted.#count;
      static get count() {
        return Counted.#count;
      }
      get next() {
        return this.number + 1;
      }
    }
    const counted = new Counted();
    await assertSame(() => [counted.next, counted instanceof Counted, Counted.count]);
  });

  test("what generators inherit from their function", async () => {
    function* counting(): Generator<number> {
      yield 1;
    }
    Object.assign(counting.prototype, { extra: 5, twice: () => 2 });
    await assertSame(() => {
      const made = counting();
      return ["extra" in made, "twice" in made, made.next().value, Object.keys(counting.prototype)];
    });
  });

  test("decorated in every place", async () => {
    const fieldTenfold = (_: undefined, __: ClassFieldDecoratorContext) => (value: number) => value * 10;
    function logged<T extends (...args: never[]) => unknown>(
      method: T,
      { name }: ClassMethodDecoratorContext,
    ) {
      return function (this: unknown, ...args: never[]) {
        return `${String(name)}: ${method.apply(this, args)}`;
      };
    }
    function sealed<T extends abstract new (...args: never[]) => object>(type: T, _: ClassDecoratorContext) {
      return Object.assign(type, { isSealed: true });
    }
    @sealed
    class Decorated {
      @fieldTenfold size = 2;
      @logged
      hi() {
        return "hi";
      }
      @logged
      static bye() {
        return "bye";
      }
    }
    await assertSame(() => [
      new Decorated().size,
      new Decorated().hi(),
      Decorated.bye(),
      "isSealed" in Decorated,
    ]);
  });

  test("an unregistered symbol on a class is refused by name", async () => {
    class Marked {}
    Object.assign(Marked, { [Symbol("mark")]: 1 });
    await assert.rejects(
      pool.apply(() => new Marked()),
      (error) =>
        error instanceof FunctionTransferError &&
        /`Symbol\(mark\)`, a symbol of this process/.test(error.message),
    );
  });
});
