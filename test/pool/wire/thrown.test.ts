import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Pool } from "poolbook";

describe("what a task throws arrives as what it is", () => {
  const pool = new Pool(1);
  after(() => pool.terminate());

  async function thrownBy(task: () => unknown): Promise<unknown> {
    let thrown: unknown;
    await pool.apply(task).then(
      () => assert.fail("nothing was thrown"),
      (error) => {
        thrown = error;
      },
    );
    return thrown;
  }

  const values: Record<string, () => never> = {
    "0": () => {
      throw 0;
    },
    '""': () => {
      throw "";
    },
    false: () => {
      throw false;
    },
    undefined: () => {
      throw undefined;
    },
    null: () => {
      throw null;
    },
    "1n": () => {
      throw 1n;
    },
    '"text"': () => {
      throw "text";
    },
    "an object": () => {
      throw { code: 1, nested: new Map([[1, new Date(0)]]) };
    },
  };
  for (const [name, task] of Object.entries(values)) {
    test(name, async () => {
      let expected: unknown;
      try {
        task();
      } catch (error) {
        expected = error;
      }
      assert.deepEqual(await thrownBy(task), expected);
    });
  }

  test("own properties that are not enumerable, and stay so", async () => {
    const thrown = await thrownBy(() => {
      const error = new TypeError("invalid");
      Object.defineProperty(error, "issues", { value: [{ code: 1, path: ["a"] }] });
      throw Object.assign(error, { status: 400 });
    });
    assert.ok(thrown instanceof TypeError);
    assert.deepEqual(Reflect.get(thrown, "issues"), [{ code: 1, path: ["a"] }]);
    assert.deepEqual(Object.keys(thrown), ["status"]);
  });

  test("a circular object", async () => {
    const thrown = (await thrownBy(() => {
      const loop: { self?: unknown } = {};
      loop.self = loop;
      throw loop;
    })) as { self: unknown };
    assert.equal(thrown.self, thrown);
  });

  test("a function, as an error that shows it", async () => {
    const thrown = await thrownBy(() => {
      throw function ghost() {};
    });
    assert.match((thrown as Error).message, /function ghost/);
  });

  for (const type of [TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) {
    test(type.name, async () => {
      const thrown = await thrownBy(() => {
        throw new type("message");
      });
      assert.ok(thrown instanceof type);
      assert.equal(thrown.name, type.name);
      assert.equal(thrown.message, "message");
    });
  }

  test("own properties, also of errors of the system", async () => {
    const thrown = (await thrownBy(() =>
      process.getBuiltinModule("node:fs").readFileSync("/no/such/file"),
    )) as object;
    assert.ok(thrown instanceof Error);
    assert.equal((thrown as NodeJS.ErrnoException).code, "ENOENT");
    assert.equal((thrown as NodeJS.ErrnoException).path, "/no/such/file");
  });

  test("the chain of causes, with the classes of each", async () => {
    const thrown = (await thrownBy(() => {
      throw new RangeError("outer", { cause: new TypeError("middle", { cause: "inner" }) });
    })) as Error;
    assert.ok(thrown.cause instanceof TypeError);
    assert.equal(thrown.cause.cause, "inner");
  });

  test("AggregateError with its errors", async () => {
    const thrown = (await thrownBy(() =>
      Promise.any([Promise.reject(new RangeError("a")), Promise.reject(1)]),
    )) as AggregateError;
    assert.ok(thrown instanceof AggregateError);
    assert.ok(thrown.errors[0] instanceof RangeError);
    assert.equal(thrown.errors[1], 1);
  });

  test("DOMException with its name", async () => {
    const thrown = await thrownBy(() => AbortSignal.abort().throwIfAborted());
    assert.ok(thrown instanceof DOMException);
    assert.equal(thrown.name, "AbortError");
  });

  test("an error with a property that throws when it is read", async () => {
    const thrown = await thrownBy(() => {
      throw Object.defineProperty(new RangeError("trap"), "code", {
        enumerable: true,
        get() {
          throw new Error("do not read me");
        },
      });
    });
    assert.ok(thrown instanceof RangeError);
    assert.equal(thrown.message, "trap");
  });

  test("an error whose name is computed from a private field", async () => {
    class HttpError extends Error {
      readonly #status = 404;
      override get name() {
        return `HttpError${this.#status}`;
      }
    }
    const thrown = await thrownBy(() => {
      throw new HttpError("not found");
    });
    assert.ok(thrown instanceof HttpError);
    assert.equal(String(thrown), "HttpError404: not found");
  });

  test("what cannot even be looked at, as an error", async () => {
    const thrown = await thrownBy(() => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      throw proxy;
    });
    assert.ok(thrown instanceof Error);
  });

  test("an error that is its own cause", async () => {
    const thrown = (await thrownBy(() => {
      const error = new Error("loop");
      error.cause = error;
      throw error;
    })) as Error;
    assert.equal(thrown.message, "loop");
    assert.match(String(thrown.cause), /Circular/);
  });

  test("an error with a property that cannot be cloned loses that property only", async () => {
    const thrown = (await thrownBy(() => {
      throw Object.assign(new Error("partly"), { fine: 1, handler: () => 1 });
    })) as Error;
    assert.deepEqual({ ...thrown }, { fine: 1 });
  });

  for (const depth of [1500, 2500, 6000]) {
    test(`an error with a property ${depth} levels deep arrives, at most without it`, async () => {
      const outcome = pool.apply(
        (levels: number) => {
          let deep = {};
          for (let level = 0; level < levels; level++) {
            deep = { deep };
          }
          throw Object.assign(new Error("deep"), { fine: 1, deep });
        },
        [depth],
      );
      await assert.rejects(outcome, { message: "deep", fine: 1 });
    });
  }

  test("a chain of causes arrives however long it is, with a text in place of those behind the 200th", async () => {
    const thrown = await thrownBy(() => {
      let last = new Error("0");
      for (let number = 1; number <= 3000; number++) {
        last = new Error(String(number), { cause: last });
      }
      throw last;
    });
    const messages = [];
    for (let error = thrown; error instanceof Error; error = error.cause) {
      messages.push(error.message);
    }
    assert.deepEqual([messages.length, messages[0], messages.at(-1)], [201, "3000", "Error: 2800"]);
  });

  for (const levels of [2000, 2500, 3000, 5000]) {
    test(`a result ${levels} levels deep arrives or is a MaybeEncodingError, and the worker lives on`, async () => {
      const [pid] = pool.pids;
      const outcome = await pool
        .apply(
          (count: number) => {
            let deep = {};
            for (let level = 0; level < count; level++) {
              deep = { deep };
            }
            return deep;
          },
          [levels],
        )
        .then(
          () => "arrived",
          (error) => error.name,
        );
      assert.ok(["arrived", "MaybeEncodingError"].includes(outcome), outcome);
      assert.deepEqual(pool.pids, [pid]);
    });
  }

  test("the stack names the function, then the worker; the pool's own calls are left out", async () => {
    const thrown = (await thrownBy(function culprit() {
      throw new Error("here");
    })) as Error;
    const lines = thrown.stack?.split("\n") ?? [];
    assert.equal(lines[0], "Error: here");
    assert.match(lines[1] ?? "", /^ {4}at .*culprit/);
    assert.equal(lines.at(-1), `    in PoolWorker-1, PID ${pool.pids[0]}`);
    assert.equal(lines.length, 3);
  });

  test("get() rejects with the same object each time", async () => {
    const result = pool.applyAsync(() => {
      throw new Error("once");
    });
    const [first, second] = await Promise.allSettled([result.get(), result.get()]);
    assert.equal(first.status === "rejected" && first.reason, second.status === "rejected" && second.reason);
  });
});
