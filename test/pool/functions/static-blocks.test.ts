import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Pool } from "poolbook";

const pool = new Pool(1);
after(() => pool.terminate());

describe("static blocks with private names", () => {
  test("are not run on top of what they have done", async () => {
    const log: string[] = [];
    class Counter {
      static #count = 9;
      static #list: number[] = [];
      static {
        Counter.#count++;
        Counter.#list.push(1);
        log.push("block");
      }
      instance = 1;
      static state() {
        return [Counter.#count, Counter.#list, log];
      }
    }
    assert.deepEqual(await pool.apply(() => Counter.state()), [10, [1], ["block"]]);
  });

  test("run for values that are made anew, and leave private static fields as they are now", async () => {
    class Registry {
      static #entries = new WeakMap<object, number>();
      static #level = 1;
      static {
        Registry.#entries.set(Registry, 7);
        Registry.#level = 2;
      }
      static rise() {
        Registry.#level += 40;
      }
      instance = 1;
      static state() {
        return [Registry.#entries.get(Registry), Registry.#level];
      }
    }
    Registry.rise();
    assert.deepEqual(await pool.apply(() => Registry.state()), [7, 42]);
  });
});
