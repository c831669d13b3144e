import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { JsonObject } from "#dist/jupyter/json-object.js";
import { KernelClient } from "../helpers/kernel-client.js";

describe("history between sessions", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "history-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const start = (env: NodeJS.ProcessEnv = {}) =>
    KernelClient.start({ env: { JUPYTER_DATA_DIR: folder, POOLBOOK_HISTORY: "", ...env } });
  const history = async (kernel: KernelClient, request: JsonObject) =>
    (await kernel.request("history_request", { output: false, raw: true, ...request })).reply.content.history;
  const tail = (kernel: KernelClient, n = 100) => history(kernel, { hist_access_type: "tail", n });
  const path = () => join(folder, "poolbook", "history.jsonl");
  /** A session in which the cells are run, to its regular end. */
  const session = async (...cells: string[]) => {
    const kernel = await start();
    for (const cell of cells) {
      await kernel.execute(cell);
    }
    await kernel.request("shutdown_request", { restart: false }, "control").catch(() => {});
    await kernel.exited();
    await kernel.stop();
  };
  const within = async (body: (kernel: KernelClient) => Promise<void>, env?: NodeJS.ProcessEnv) => {
    const kernel = await start(env);
    try {
      await body(kernel);
    } finally {
      await kernel.stop();
    }
  };

  test("tail, range and search give earlier sessions by their numbers", async () => {
    await session("'one'", "'two'");
    await session("'three'");
    await within(async (kernel) => {
      await kernel.execute("'four'");
      const all = [
        [1, 1, "'one'"],
        [1, 2, "'two'"],
        [2, 1, "'three'"],
        [3, 1, "'four'"],
      ];
      assert.deepEqual(await tail(kernel), all);
      assert.deepEqual(await tail(kernel, 2), all.slice(2));
      const range = (content: JsonObject) => history(kernel, { hist_access_type: "range", ...content });
      assert.deepEqual(await range({ session: 1, start: 1, stop: 2 }), [[1, 1, "'one'"]]);
      assert.deepEqual(await range({ session: -1, start: 1 }), [[2, 1, "'three'"]]);
      assert.deepEqual(await range({ session: 0, start: 1 }), [[0, 1, "'four'"]]);
      assert.deepEqual(await range({ session: 3, start: -1 }), [[3, 1, "'four'"]]);
      const search = (content: JsonObject) => history(kernel, { hist_access_type: "search", ...content });
      assert.deepEqual(await search({ pattern: "'t*'" }), all.slice(1, 3));
      assert.deepEqual(await search({ pattern: "'t*'", n: 1 }), all.slice(2, 3));
      const [first] = await history(kernel, { hist_access_type: "tail", n: 4, output: true });
      assert.deepEqual(first, [1, 1, ["'one'", "'one'"]]);
    });
  });

  test("nothing is read or written before it is wanted, and nothing at all where it is off", async () => {
    await within(async (kernel) => {
      await kernel.request("kernel_info_request", {});
      await kernel.execute("1", { silent: true });
      await kernel.execute("2", { store_history: false });
      assert.deepEqual(readdirSync(folder), []);
    });
    await within(
      async (kernel) => {
        await kernel.execute("1");
        assert.deepEqual(await tail(kernel), [[1, 1, "1"]]);
        assert.deepEqual(readdirSync(folder), []);
      },
      { POOLBOOK_HISTORY: "off" },
    );
  });

  test("kernels that run at the same time have numbers of their own, and lose nothing", async () => {
    const kernels = await Promise.all([start(), start(), start()]);
    await Promise.all(
      kernels.map(async (kernel, index) => {
        for (let cell = 0; cell < 20; cell++) {
          await kernel.execute(`'${index} ${cell}'`);
        }
        await tail(kernel);
      }),
    );
    const [kernel] = kernels;
    const all = kernel ? await tail(kernel) : [];
    assert.equal(all.length, 60);
    assert.deepEqual(new Set(all.map(([number]: [number]) => number)), new Set([1, 2, 3]));
    await Promise.all(kernels.map((each) => each.stop()));
  });

  test("only the user can read the file", async () => {
    await session("'secret'");
    assert.equal(statSync(path()).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, "poolbook")).mode & 0o777, 0o700);
  });

  test("a line that was cut off costs itself alone, and so does a lost count of sessions", async () => {
    await session("'one'");
    appendFileSync(path(), '\n{"session":1,"line":2,"inp');
    writeFileSync(join(folder, "poolbook", "history.session"), "");
    await session("'two'");
    await within(async (kernel) => {
      assert.deepEqual(await tail(kernel), [
        [1, 1, "'one'"],
        [2, 1, "'two'"],
      ]);
    });
  });

  test("a full file is kept until another one is full, and what comes then is bounded", async () => {
    await mkdir(join(folder, "poolbook"));
    const record = (line: number) => `\n${JSON.stringify({ session: 1, line, input: "x".repeat(50_000) })}`;
    writeFileSync(path(), Array.from({ length: 43 }, (_, line) => record(line)).join(""));
    await session("'after'", "'more'", "'y'");
    const sizes = ["history.jsonl", "history.full.jsonl"].map(
      (name) => statSync(join(folder, "poolbook", name)).size,
    );
    assert.ok((sizes[0] ?? 0) < 1000 && (sizes[1] ?? 0) > 2 << 20, String(sizes));
    await within(async (kernel) => {
      assert.deepEqual((await tail(kernel, 2)).at(-1), [2, 3, "'y'"]);
      assert.equal((await tail(kernel, 1000)).length, 46);
      await kernel.execute(`"${"z".repeat(200_000)}".length`);
      await tail(kernel);
      assert.ok(!readFileSync(path(), "utf8").includes("zzz"), "a huge cell is not kept");
    });
  });

  test("where it cannot be written the session has its own history, and nobody is disturbed", async () => {
    await mkdir(join(folder, "poolbook"));
    symlinkSync("/dev/full", path());
    await within(async (kernel) => {
      assert.equal((await kernel.execute("1 + 1")).result, "2");
      assert.deepEqual(await history(kernel, { hist_access_type: "tail", n: 5, output: true }), [
        [1, 1, ["1 + 1", "2"]],
      ]);
      assert.equal(kernel.log, "");
    });
    await within(
      async (kernel) => {
        assert.equal((await kernel.execute("1 + 1")).result, "2");
        assert.deepEqual(await tail(kernel), [[1, 1, "1 + 1"]]);
      },
      { JUPYTER_DATA_DIR: "/dev/null" },
    );
  });
});
