import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { nodeFlags } from "#dist/kernel/kernelspec.js";
import { KernelClient } from "../helpers/kernel-client.js";

describe("execute_request", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  test("publishes busy, execute_input, stream, execute_result and idle in this order", async () => {
    const { types, iopub, reply, stdout, result } = await kernel.execute("console.log('text'); 6 * 7");
    assert.deepEqual(types, ["status", "execute_input", "stream", "execute_result", "status"]);
    assert.deepEqual([stdout, result], ["text\n", "42"]);
    const input = iopub[1]?.content;
    assert.deepEqual(input, { code: "console.log('text'); 6 * 7", execution_count: 1 });
    assert.deepEqual(iopub[3]?.content.execution_count, 1);
    assert.deepEqual(reply.content, {
      status: "ok",
      execution_count: 1,
      payload: [],
      user_expressions: {},
    });
  });

  test("shows null, no undefined, a promise as a promise, and an object as Node's inspect prints it", async () => {
    assert.equal((await kernel.execute("null")).result, "null");
    assert.equal((await kernel.execute("undefined")).result, undefined);
    assert.equal((await kernel.execute("let declared = 1;")).result, undefined);
    assert.equal((await kernel.execute("Promise.resolve(1)")).result, "Promise { 1 }");
    assert.equal((await kernel.execute("await Promise.resolve(1)")).result, "1");
    assert.equal(
      (await kernel.execute("({ a: [new Map([[1, 'x']])] })")).result,
      "{ a: [ Map(1) { 1 => 'x' } ] }",
    );
  });

  test("silent broadcasts nothing but its status and does not count", async () => {
    const before = (await kernel.execute("0")).reply.content.execution_count;
    const silent = await kernel.execute("console.log('hidden'); 1", { silent: true });
    assert.deepEqual(silent.types, ["status", "status"]);
    assert.equal(silent.reply.content.execution_count, before);
    const failed = await kernel.execute("throw new Error('quiet')", { silent: true });
    assert.deepEqual(failed.types, ["status", "status"]);
    assert.equal(failed.reply.content.ename, "Error");
    assert.equal((await kernel.execute("0")).reply.content.execution_count, before + 1);
  });

  test("store_history: false shows output and does not count", async () => {
    const before = (await kernel.execute("0")).reply.content.execution_count;
    const { stdout } = await kernel.execute("console.log('seen')", { store_history: false });
    assert.equal(stdout, "seen\n");
    assert.equal((await kernel.execute("")).reply.content.execution_count, before);
    assert.equal((await kernel.execute("0")).reply.content.execution_count, before + 1);
  });

  test("user_expressions are evaluated after the cell, each with its own error", async () => {
    const { reply } = await kernel.execute("const base = 20", {
      user_expressions: {
        good: "base * 2",
        awaited: "await Promise.resolve('p')",
        wrong: "nowhere",
        thrown: "base.x.y",
      },
    });
    const { good, awaited, wrong, thrown } = reply.content.user_expressions;
    assert.deepEqual(good, { status: "ok", data: { "text/plain": "40" }, metadata: {} });
    assert.equal(awaited.data["text/plain"], "'p'");
    assert.deepEqual([wrong.status, thrown.status], ["error", "error"]);
    assert.match(wrong.evalue, /nowhere/);
    assert.equal((await kernel.execute("base")).result, "20");
  });

  test("cells sent together run in order, each between its own busy and idle", async () => {
    const first = kernel.iopub.length;
    const ids = [0, 1, 2].map((index) =>
      kernel.submit(`await new Promise((r) => setTimeout(r, 20)); console.log(${index})`),
    );
    const completion = kernel.send("complete_request", { code: "Mat", cursor_pos: 3 });
    await Promise.all([...ids.map((id) => kernel.exchange(id)), kernel.exchange(completion)]);
    const order = kernel.iopub.slice(first).map(({ parent_header, header, content }) => {
      const index = [...ids, completion].indexOf(parent_header.msg_id ?? "");
      return `${index} ${content.execution_state ?? header.msg_type}`;
    });
    const cell = (index: number) =>
      ["busy", "execute_input", "stream", "idle"].map((type) => `${index} ${type}`);
    assert.deepEqual(order, [...cell(0), ...cell(1), ...cell(2), "3 busy", "3 idle"]);
  });

  test("a failure aborts what waits behind it, at once and only that", async () => {
    const failing = kernel.submit("throw new Error('stop')");
    const aborted = kernel.submit("console.log('never')");
    const info = kernel.send("kernel_info_request", {});
    const [, second, third] = await Promise.all([failing, aborted, info].map((id) => kernel.exchange(id)));
    assert.equal(second?.reply.content.status, "aborted");
    assert.equal(typeof second?.reply.content.execution_count, "number");
    assert.deepEqual(
      second?.iopub.map(({ header }) => header.msg_type),
      ["status", "status"],
    );
    assert.equal(third?.reply.content.status, "ok");
    assert.equal((await kernel.execute("'runs'")).result, "'runs'");
  });

  test("stop_on_error: false lets the next cells run", async () => {
    const ids = [
      kernel.submit("throw new Error('go on')", { stop_on_error: false }),
      kernel.submit("'next'"),
    ];
    const [, next] = await Promise.all(ids.map((id) => kernel.exchange(id)));
    assert.equal(next?.reply.content.status, "ok");
  });

  test("a failed cell keeps what it had declared, and no more", async () => {
    await kernel.execute("let kept = 'old'; const other = 'old'");
    await kernel.execute(
      "let early: number = 1; kept = 'new';\nthrow new Error('x');\nlet late = 2; let other = 3;",
    );
    assert.equal((await kernel.execute("early")).result, "1");
    assert.equal((await kernel.execute("kept")).result, "'new'");
    assert.equal((await kernel.execute("other.toUpperCase()")).result, "'OLD'");
    assert.match((await kernel.execute("late")).reply.content.evalue, /Cannot find name 'late'/);
  });

  test("a failed cell keeps those that are undefined, with their types, too", async () => {
    for (const cell of [
      "let bare: number | undefined; const none = [1].find((x) => x > 1), { gone } = {} as { gone?: string };",
      "var hoisted: string; using nothing = undefined; let emptied: number = 1; emptied = undefined;",
      "const undone: string = (() => { throw new Error('x'); })(), behind = undefined;",
    ]) {
      await kernel.execute(`${cell}\nthrow new Error('x'); let unreached;`);
    }
    const values = "[bare, none, gone, hoisted, nothing, emptied]";
    assert.equal((await kernel.execute(`${values}.every((each) => each === undefined)`)).result, "true");
    assert.match((await kernel.execute("bare = ''")).reply.content.evalue, /^TS2322: /);
    for (const name of ["undone", "behind", "unreached"]) {
      assert.match((await kernel.execute(name)).reply.content.evalue, /Cannot find name/, name);
    }
  });

  test("every message carries the kernel's own session", async () => {
    const sessions = new Set(kernel.iopub.map(({ header }) => header.session));
    assert.equal(sessions.size, 1);
    assert.ok(!sessions.has(kernel.session));
  });

  test("globalThis.__tslab__ gives the names of the cells and a require", async () => {
    await kernel.execute("const shared = 'value'");
    const { result } = await kernel.execute(
      "const { exports: names, require: load } = (globalThis as any).__tslab__; [names.shared, load('node:path').sep]",
    );
    assert.equal(result, "[ 'value', '/' ]");
  });
});

test("the first cell runs with the flags that V8 was started with, also behind one that does not compile", async () => {
  const tag = "require('node:v8').cachedDataVersionTag()";
  const started = execFileSync(process.execPath, [...nodeFlags, "-p", tag], { encoding: "utf8" }).trim();
  for (const before of [[], ["let broken: number = 'text'"]]) {
    const kernel = await KernelClient.start();
    try {
      for (const source of before) {
        assert.equal((await kernel.execute(source)).reply.content.status, "error");
      }
      assert.equal((await kernel.execute(tag)).result, started);
    } finally {
      await kernel.stop();
    }
  }
});
