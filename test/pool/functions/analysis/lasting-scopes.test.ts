import assert from "node:assert/strict";
import { Session } from "node:inspector";
import { parse } from "node:querystring";
import { after, describe, it } from "node:test";
import { cpuCount, Pool } from "poolbook";

const factor = 3;
const list = [1];
let changing = 1;

describe("the variables of a function that is called again and again", () => {
  const pool = new Pool(1);
  after(() => pool.terminate());

  /** The results of eight calls; before each, something may change. */
  async function eightCalls<T>(fn: () => T, change: (call: number) => void): Promise<T[]> {
    const results: T[] = [];
    for (let call = 1; call <= 8; call++) {
      change(call);
      results.push((await pool.apply(fn)) as T);
    }
    return results;
  }

  it("are looked at no more where all are constants", async (t) => {
    const post = t.mock.method(Session.prototype, "post");
    const asked: number[] = [];
    const results = await eightCalls(
      () => factor * list.length,
      () => asked.push(post.mock.callCount()),
    );
    assert.deepEqual(results, new Array(8).fill(3));
    assert.ok((asked[1] ?? 0) > 0);
    assert.equal(asked[7], asked[5]);
  });

  it("are looked at no more where one is this package's own", async (t) => {
    const post = t.mock.method(Session.prototype, "post");
    const asked: number[] = [];
    const results = await eightCalls(
      () => typeof cpuCount,
      () => asked.push(post.mock.callCount()),
    );
    assert.deepEqual(results, new Array(8).fill("function"));
    assert.equal(asked[7], asked[5]);
  });

  it("are looked at where one is an import of another module, which may change what it exports", async (t) => {
    const post = t.mock.method(Session.prototype, "post");
    const asked: number[] = [];
    const results = await eightCalls(
      () => parse("a=1").a,
      () => asked.push(post.mock.callCount()),
    );
    assert.deepEqual(results, new Array(8).fill("1"));
    assert.ok((asked[7] ?? 0) > (asked[6] ?? 0));
  });

  it("are what they are at the moment, though one is called a constant elsewhere", async () => {
    const others = ((): number => {
      const changing = 100;
      return changing;
    })();
    const results = await eightCalls(
      () => changing + factor + others,
      (call) => {
        changing = call;
      },
    );
    assert.deepEqual(results, [104, 105, 106, 107, 108, 109, 110, 111]);
  });

  it("arrive with the content that a constant has at the moment", async () => {
    const results = await eightCalls(
      () => list.length,
      () => list.push(1),
    );
    assert.deepEqual(results, [2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("are looked at where a parameter or another variable may be assigned to", async () => {
    const make = (given: number) => {
      let chosen = () => 0;
      const calls = {
        fn: () => given + chosen(),
        change: (call: number) => {
          given = call;
          chosen = call < 5 ? chosen : () => 10;
        },
      };
      return calls;
    };
    const { fn, change } = make(0);
    assert.deepEqual(await eightCalls(fn, change), [1, 2, 3, 4, 15, 16, 17, 18]);
  });

  it("are those of its own, of two that are made in one place", async () => {
    const made = [1, 2].map((own) => {
      const value = own * 10;
      return () => value;
    });
    for (let call = 0; call < 8; call++) {
      assert.deepEqual(await Promise.all(made.map((fn) => pool.apply(fn))), [10, 20]);
    }
  });

  it("are found where a local one is named as a global one", async () => {
    const fetch = (x: number) => x + factor;
    assert.deepEqual(
      await eightCalls(
        () => fetch(1),
        () => {},
      ),
      new Array(8).fill(4),
    );
  });

  it("are those that the function and the one around it use", async () => {
    const outer = function around(depth: number): () => number {
      const own = depth;
      return () => (own > 1 ? factor : around(own + 1)() + list.length * 0);
    };
    assert.deepEqual(await eightCalls(outer(1), () => {}), new Array(8).fill(3));
  });
});
