import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { AnyFunction } from "#dist/pool/function-types.js";
import type { FunctionDefinition } from "#dist/pool/functions/definition.js";
import { callSiteIn, stackAbove } from "#dist/pool/functions/inline/call-site.js";
import { calledDefinition } from "#dist/pool/functions/inline/called-definition.js";
import { Pool } from "#dist/pool/pool.js";

describe("a function that is written in the call", () => {
  const pool = new Pool(1);
  after(() => pool.terminate());

  it("is defined once for all calls of that place", () => {
    const found = definitions(() => caller.apply((x: number) => x + 1));
    assert.equal(found.length, 1);
  });

  it("is defined once, with parentheses and commas around it, and as an async or plain function", () => {
    const made = [
      definitions(() => caller.apply(async (x: number) => x + 1)),
      definitions(() =>
        caller.apply((x: number) => {
          return x;
        }, []),
      ),
      definitions(() => caller.apply(Math.abs(-1) === 1 ? (x: number) => x : undefined)),
      definitions(() =>
        caller.apply(function half(x: number) {
          return x / 2;
        }),
      ),
    ];
    assert.deepEqual(
      made.map(({ length }) => length),
      [1, 1, 3, 1],
    );
  });

  it("is defined anew where it has captured something, with the value of that call", async () => {
    const results = [1, 2, 3].map((number) => pool.apply(() => number * 10));
    assert.deepEqual(await Promise.all(results), [10, 20, 30]);
  });

  it("is told from one of the same text that is passed through the same call", async () => {
    const through = (fn: (x: number) => number) => pool.apply(fn, [4]);
    const outer = through((x) => Math.sqrt(x));
    const inner = (() => {
      // biome-ignore lint/suspicious/noShadowRestrictedNames: a function that uses it looks the same.
      const Math = { sqrt: (x: number) => -x };
      return through((x) => Math.sqrt(x));
    })();
    assert.deepEqual(await Promise.all([outer, inner]), [2, -4]);
  });

  it("has the place of its own in its stack", async () => {
    const placeOf = (call: Promise<unknown>) =>
      call.then(
        () => undefined,
        (error: Error) => /inline-functions\.test\.\w+:(\d+)/.exec(error.stack ?? "")?.[1],
      );
    const fail = (fn: () => never) => pool.apply(fn);
    const first = placeOf(
      fail(() => {
        throw new Error("here");
      }),
    );
    const second = placeOf(
      fail(() => {
        throw new Error("here");
      }),
    );
    const places = await Promise.all([first, second]);
    assert.ok(places.every((line) => line !== undefined));
    assert.equal(new Set(places).size, 2);
  });

  it("leaves the settings of stacks as they were", () => {
    const { stackTraceLimit, prepareStackTrace } = Error;
    definitions(() => caller.apply((x: number) => x + 2));
    assert.deepEqual([Error.stackTraceLimit, Error.prepareStackTrace], [stackTraceLimit, prepareStackTrace]);
  });
});

/** Stands for a pool: its method asks for the definition of what it is passed. */
const caller = {
  found: [] as FunctionDefinition[],
  apply(fn: AnyFunction | undefined, _args?: unknown[]): void {
    if (fn) {
      caller.found.push(calledDefinition(fn, "process", callSiteIn(stackAbove(caller.apply, 1))).definition);
    }
  },
};

/** The definitions that three runs of the same call come to. */
function definitions(call: () => void): FunctionDefinition[] {
  caller.found = [];
  for (let run = 0; run < 3; run++) {
    call();
  }
  return [...new Set(caller.found)];
}
