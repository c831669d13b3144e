import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import fs, { promises } from "node:fs";
import { after, describe, test } from "node:test";
import { runInThisContext } from "node:vm";
import { FunctionTransferError, Pool } from "poolbook";

const pool = new Pool(1);
after(() => pool.terminate());

describe("names mean in the worker what they mean here", () => {
  test("a function expression's own name, in functions inside of it", async () => {
    type Curried = (...args: unknown[]) => unknown;
    const curry = (fn: (...args: never[]) => unknown) =>
      function curried(...args: never[]): unknown {
        return args.length >= fn.length ? fn(...args) : (...more: never[]) => curried(...args, ...more);
      };
    const addTo = curry((a: number, b: number, c: number) => a + b + c)(...([1] as never[])) as Curried;
    assert.equal(await pool.apply(addTo, [2, 3]), 6);
    const curried = "another";
    assert.equal(await pool.apply(() => curried), "another");
  });

  test("a name that exists nowhere and is asked for its type first", async () => {
    const Missing = "(typeof NoSuchClass === 'function' ? NoSuchClass : String)";
    const make = new Function(`return (value) => ${Missing}(value);`)();
    assert.equal(await pool.apply(make, [1]), "1");
  });

  test("members of what built-in modules export", async () => {
    const { readFile } = fs.promises;
    const { subtle } = webcrypto;
    const { stdout, env } = process;
    const { log } = console;
    assert.deepEqual(
      await pool.apply(async () => [
        typeof promises.stat,
        (await readFile("/etc/hostname")).length > 0,
        (await subtle.digest("SHA-1", new Uint8Array(1))).byteLength,
        typeof stdout.write,
        typeof env.PATH,
        typeof log,
      ]),
      ["function", true, 20, "function", "string", "function"],
    );
  });

  test("sloppy functions stay sloppy, also where strict mode could not read them", async () => {
    const sloppy = new Function("value", "with ({ value: value * 2 }) { return value + 010; }");
    assert.equal(await pool.apply(sloppy as (value: number) => number, [2]), 12);
  });

  test("arrow functions and methods are as strict as what is around them", async () => {
    const program = (directive: string) => `(function () { ${directive}
      const closed = Object.freeze({ a: 1 });
      const writes = () => { try { closed.a = 2; return "silent"; } catch { return "threw"; } };
      const holder = { method() { return typeof this; }, *made() { yield (function () { return typeof this; })(); } };
      class Own { strict() { return writes() + (function () { return typeof this; })(); } }
      return () => {
        const { method } = holder;
        return [writes(), method(), ...holder.made(), new Own().strict(), (function () { return typeof this; })()];
      };
    })()`;
    for (const directive of ["", '"use strict";']) {
      const task: () => string[] = runInThisContext(program(directive));
      assert.deepEqual(await pool.apply(task), task());
    }
  });

  test("a source that nests too deeply is refused for that", async () => {
    const deep = new Function(`return 0${" + 1".repeat(50_000)};`) as () => number;
    await assert.rejects(
      pool.apply(deep),
      (error) => error instanceof FunctionTransferError && /nested too deeply/.test(error.message),
    );
  });

  test("import() with attributes, also in a pool of the worker", async () => {
    const nested = async () => {
      const { withPool } = await import("poolbook");
      return withPool(1, (inner) =>
        inner.apply(async () => {
          const { default: json } = await import("poolbook/package.json", { with: { type: "json" } });
          return json.name;
        }),
      );
    };
    assert.equal(await pool.apply(nested), "poolbook");
  });
});
