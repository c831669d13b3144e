import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { Pool } from "poolbook";

describe("values there and back", () => {
  const pool = new Pool(1);
  after(() => pool.terminate());
  const echo = <T>(value: T) => value;

  const values: Record<string, unknown> = {
    undefined: undefined,
    NaN: Number.NaN,
    "-0": -0,
    Infinity: Number.POSITIVE_INFINITY,
    bigint: 2n ** 100n,
    Date: new Date(0),
    RegExp: /a+/giu,
    Map: new Map<unknown, unknown>([[{ key: 1 }, new Set([undefined, null])]]),
    "sparse array": Object.assign(new Array(3), { 1: "middle", extra: true }),
    Float64Array: new Float64Array([Number.NaN, -0, 1.5]),
    BigInt64Array: new BigInt64Array([-1n]),
    Buffer: Buffer.from("bytes"),
    ArrayBuffer: new Uint8Array([1, 2]).buffer,
    DataView: new DataView(new Uint8Array([1, 2, 3]).buffer, 1),
    "error of a built-in class": new RangeError("as a value"),
    "boxed values": [Object(1), Object("text"), Object(true)],
    "an empty string": "",
    "text beyond ASCII": "żółw 🐢 \u0000 \ud800",
  };
  for (const [name, value] of Object.entries(values)) {
    test(name, async () => {
      assert.deepEqual(await pool.apply(echo, [value]), value);
      assert.deepEqual(await pool.map(echo, [value, [value]]), [value, [value]]);
    });
  }

  test("cycles and shared objects", async () => {
    const shared = { name: "shared" };
    const value: Record<string, unknown> = { a: shared, b: shared };
    value.self = value;
    const result = (await pool.apply(echo, [value])) as typeof value;
    assert.equal(result.self, result);
    assert.equal(result.a, result.b);
  });

  test("a view takes only its own part of its buffer along", async () => {
    const view = new Uint8Array(1000).subarray(10, 20);
    const lengths = await pool.apply((array: Uint8Array) => [array.length, array.buffer.byteLength], [view]);
    assert.deepEqual(lengths, [10, 10]);
    const back = (await pool.apply(echo, [view])) as Uint8Array;
    assert.equal(back.buffer.byteLength, 10);
  });

  test("large views travel among other values, each once, and arrive with buffers of their own", async () => {
    const large = new Float64Array(20_000).map((_, index) => index);
    const text = Buffer.alloc(100_000, "x");
    const value = {
      large,
      small: new Uint8Array([1]),
      again: large,
      list: [text, new DataView(large.buffer, 8)],
    };
    const back = (await pool.apply(echo, [value])) as typeof value;
    assert.deepEqual(back, value);
    assert.equal(back.again, back.large);
    assert.equal(back.large.buffer.byteLength, 160_000);
    assert.ok(Buffer.isBuffer(back.list[0]));
  });

  test("large values in flight stay what they were, though their memory is used again", async () => {
    const array = (value: number) => new Uint8Array(70_000 + 10_000 * (value % 7)).fill(value);
    const numbers = Array.from({ length: 60 }, (_, index) => index);
    const results = numbers.map((value) => pool.applyAsync(echo, [array(value)]));
    results.filter((_, index) => index % 9 === 8).map((result) => result.cancel());
    const kept = await Promise.allSettled(results.map((result) => result.promise));
    for (let round = 0; round < 3; round++) {
      await pool.map(echo, numbers.map(array));
    }
    kept.forEach((result, index) => {
      if (result.status === "fulfilled") {
        assert.deepEqual(result.value, array(index));
      }
    });
    assert.ok(kept.filter(({ status }) => status === "fulfilled").length >= 50);
  });

  test("an argument that changes after the call was made travels as it was", async () => {
    const list = [1];
    const result = pool.applyAsync(echo, [list]);
    list.push(2);
    assert.deepEqual(await result.get(), [1]);
  });

  test("an argument that cannot be cloned rejects its call alone", async () => {
    for (const argument of [
      () => 1,
      Symbol("symbol"),
      Promise.resolve(),
      new WeakMap(),
      new SharedArrayBuffer(8),
    ]) {
      const bad = pool.applyAsync(echo, [argument]);
      const good = pool.applyAsync(echo, [1]);
      await assert.rejects(bad.get(), /could not be cloned/);
      assert.equal(await good.get(), 1);
    }
  });

  test("map() is Array.prototype.map, for all inputs and chunksizes", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true })),
        fc.integer({ min: 1, max: 50 }),
        async (items, chunksize) => {
          assert.deepEqual(
            await pool.map((item: unknown) => [item], items, { chunksize }),
            items.map((item) => [item]),
          );
        },
      ),
      { numRuns: 50 },
    ));

  test("map() of a typed array gives one of its kind", async () => {
    const kinds = [Int8Array, Uint8ClampedArray, Uint16Array, Float32Array, Float64Array];
    for (const kind of kinds) {
      const items = kind.from(Array.from({ length: 100 }, (_, index) => index));
      const halves = await pool.map((x: number) => x / 2, items as Float64Array);
      assert.deepEqual(
        halves,
        items.map((x) => x / 2),
      );
    }
    const big = new BigUint64Array([1n, 2n]);
    assert.deepEqual(await pool.map((x: bigint) => x * 2n, big), new BigUint64Array([2n, 4n]));
  });

  test("a view of another realm arrives as one of the worker's", async () => {
    const view = runInNewContext("new Float32Array([0.5])") as Float32Array;
    assert.equal(await pool.apply((array: Float32Array) => array instanceof Float32Array, [view]), true);
  });

  test("Float16Array travels as argument, result and captured value, and map() gives one of its kind", async (t) => {
    const Float16Array = Reflect.get(globalThis, "Float16Array") as typeof Float32Array | undefined;
    if (!Float16Array) {
      t.diagnostic("this Node has no Float16Array");
      return;
    }
    const halves = Float16Array.of(0.5, 1 / 3, Number.NaN);
    assert.deepEqual(await pool.apply(echo, [halves]), halves);
    assert.deepEqual(await pool.apply(() => halves), halves);
    assert.deepEqual(
      await pool.map((x) => x * 2, halves),
      halves.map((x) => x * 2),
    );
  });
});

describe("instances that keep their state where structured clone does not see it", () => {
  const pool = new Pool(1);
  after(() => pool.terminate());
  const makers: Record<string, () => unknown> = {
    Blob: () => new Blob(["text"]),
    File: () => new File(["text"], "name"),
    Headers: () => new Headers({ a: "b" }),
    Request: () => new Request("https://example.org/"),
    Response: () => new Response("text"),
    FormData: () => new FormData(),
    URL: () => new URL("https://example.org/"),
    URLSearchParams: () => new URLSearchParams("a=1"),
    TextDecoder: () => new TextDecoder(),
    AbortSignal: () => new AbortController().signal,
    EventTarget: () => new EventTarget(),
    ReadableStream: () => new ReadableStream(),
    BlockList: () => new (process.getBuiltinModule("node:net").BlockList)(),
    ECDH: () => process.getBuiltinModule("node:crypto").createECDH("secp256k1"),
    Hash: () => process.getBuiltinModule("node:crypto").createHash("sha1"),
    SecretKeyObject: () => process.getBuiltinModule("node:crypto").createSecretKey(Buffer.from("key")),
    "Headers Iterator": () => new Headers({ a: "b" }).entries(),
    Crypto: () => crypto,
    Mine: () => new (class Mine extends URL {})("https://example.org/"),
  };
  for (const [name, make] of Object.entries(makers)) {
    test(`${name} is refused, as an argument and as a result`, async () => {
      const refusal = new RegExp(`^An? ${name}(?: \\(at \`.*\`\\))? could not be cloned, .*; pass `);
      await assert.rejects(
        pool.apply((value) => value, [make()]),
        { message: refusal },
      );
      await assert.rejects(pool.apply(make), (error: Error) => {
        assert.equal(error.name, "MaybeEncodingError");
        assert.match((error.cause as Error).message, refusal);
        return true;
      });
    });
  }

  test("the message says where it is and what to pass", async () => {
    const url = new URL("https://example.org/");
    await assert.rejects(
      pool.apply((row) => row, [{ rows: [{}, { "a b": new Map([["key", url]]) }] }]),
      {
        message:
          'A URL (at `.rows[1]["a b"] in a Map`) could not be cloned, as its contents belong to this process; pass `url.href`',
      },
    );
    await assert.rejects(
      pool.map((row) => row, [1, [url]]),
      /A URL \(at `\[0\]`\)/,
    );
  });

  test("empty objects, instances without fields, shared and cyclic ones are sent as ever", async () => {
    class Empty {}
    class Child extends Array<number> {}
    const shared = {};
    const cyclic: Record<string, unknown> = { shared, again: [shared, shared], undefined: undefined };
    cyclic.self = cyclic;
    const values = [
      {},
      [],
      Object.create(null),
      new Empty(),
      new Child(),
      cyclic,
      { a: undefined },
      new Error(),
    ];
    const arrived = await pool.apply((list: unknown[]) => list, [values]);
    assert.equal(arrived.length, values.length);
    assert.deepEqual(arrived[5], cyclic);
  });

  test("a value whose parts are used very many times is looked through once", async () => {
    let value: unknown[] = [{}];
    for (let level = 0; level < 60; level++) {
      value = [value, value, value];
    }
    const depth = await pool.apply(
      (nested: unknown[]) => {
        let levels = 0;
        for (let inner: unknown = nested; Array.isArray(inner); inner = inner[0]) {
          levels++;
        }
        return levels;
      },
      [value],
    );
    assert.equal(depth, 61);
  });
});
