import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { JsonObject } from "#dist/jupyter/json-object.js";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { KernelClient } from "../helpers/kernel-client.js";

interface Variable {
  name: string;
  type: string;
  value: string;
  variablesReference: number;
}

const values = `
import { basename } from "node:path";
let count = 3;
const big = 10n, yes = true, nothing = null, gone = undefined, below = -0, sign = Symbol("s");
const word = "it's\\n", long = "x".repeat(5000);
const list = [1, "two", { three: 3 }], none = [], numbers = new Float64Array(3000);
const map = new Map<unknown, unknown>([["a", { b: [5] }]]), set = new Set([7]);
class Point { x = 1; #hidden = 2; get y() { throw new Error("a getter was called"); } }
const point = new Point(), when = new Date(0), pattern = /a/g, failure = new RangeError("bad\\nvery");
const trap = new Proxy({}, { ownKeys() { throw new Error("a trap was called"); } });
const accessor = { get secret() { throw new Error("a getter was called"); } };
function twice(n: number) { return 2 * n; }
const settled = Promise.resolve(1);`;

describe("debug_request for variables", () => {
  let kernel: KernelClient;
  let sequence = 0;
  before(async () => {
    kernel = await KernelClient.start();
    const { reply } = await kernel.execute(values);
    assert.equal(reply.content.status, "ok", reply.content.evalue);
  });
  after(() => kernel.stop());

  const debug = async (command: string, given: JsonObject = {}) => {
    const seq = ++sequence;
    const request = { type: "request", seq, command, arguments: given };
    const { reply } = await kernel.request("debug_request", request, "control");
    assert.equal(reply.header.msg_type, "debug_reply");
    const { type, request_seq, command: answered } = reply.content;
    assert.deepEqual([type, request_seq, answered], ["response", seq, command]);
    return reply.content;
  };
  const variables = async (command = "inspectVariables", given: JsonObject = {}) => {
    const { success, message, body } = await debug(command, given);
    assert.equal(success, true, message);
    const found: Variable[] = body.variables;
    return Object.fromEntries(found.map((variable) => [variable.name, variable]));
  };
  const members = (variable: Variable | undefined) =>
    variables("variables", { variablesReference: variable?.variablesReference ?? -1 });
  const lines = (found: Record<string, Variable>) =>
    Object.values(found).map(({ name, type, value }) => `${name}: ${type} = ${value}`);

  test("the kernel says that it has a debugger, where front ends look for it", async () => {
    const { reply } = await kernel.request("kernel_info_request", {});
    assert.equal(reply.content.debugger, true);
    assert.ok(reply.content.supported_features.includes("debugger"));
    assert.equal(kernelspec().metadata.debugger, true);
  });

  test("initialize, attach, debugInfo and disconnect are what JupyterLab needs to begin and to end", async () => {
    assert.equal((await debug("debugInfo")).body.isStarted, false);
    const { body: capabilities } = await debug("initialize", { clientID: "test" });
    assert.equal(capabilities.exceptionBreakpointFilters, undefined, "nothing to pause on is offered");
    assert.equal((await debug("attach")).success, true);
    const { body } = await debug("debugInfo");
    assert.deepEqual(
      [body.isStarted, body.breakpoints, body.stoppedThreads, body.richRendering, body.copyToGlobals],
      [true, [], [], true, false],
    );
    assert.equal((await debug("disconnect")).success, true);
    assert.equal((await debug("debugInfo")).body.isStarted, false);
  });

  test("inspectVariables gives names, types and values, and runs nothing of the user's", async () => {
    const found = await variables();
    assert.deepEqual(Object.keys(found), Object.keys(found).toSorted());
    const expected = [
      "Point: class = class Point",
      "accessor: Object = {secret: [Getter]}",
      "below: number = -0",
      "big: bigint = 10n",
      "count: number = 3",
      "failure: RangeError = RangeError: bad",
      "gone: undefined = undefined",
      "list: Array = [1, 'two', Object]",
      `long: string = '${"x".repeat(199)}…`,
      "map: Map = Map(1) {'a' => Object}",
      "none: Array = []",
      "nothing: null = null",
      "pattern: RegExp = /a/g",
      "set: Set = Set(1) {7}",
      "settled: Promise = Promise {fulfilled}",
      "sign: symbol = Symbol(s)",
      "trap: Object = Proxy(Object)",
      "twice: function = function twice(n) { return 2 * n; }",
      `word: string = "it's\\n"`,
      "yes: boolean = true",
    ];
    const shown = lines(found);
    for (const line of expected) {
      assert.ok(shown.includes(line), `${line} is not in ${shown.join("\n")}`);
    }
    assert.ok(!("basename" in found), "an import is no variable");
    assert.match(found.point?.value ?? "", /^Point \{.*x: 1\}$/);
    assert.match(found.when?.value ?? "", /1970/);
  });

  test("variables gives the members of a value, and of these again", async () => {
    const found = await variables();
    const list = await members(found.list);
    assert.deepEqual(lines(list), ["0: number = 1", "1: string = 'two'", "2: Object = {three: 3}"]);
    assert.deepEqual(lines(await members(list["2"])), ["three: number = 3"]);
    const [pair] = Object.values(await members(found.map));
    assert.deepEqual(lines(await members(pair)), ["0: string = 'a'", "1: Object = {b: Array(1)}"]);
    assert.deepEqual(lines(await members(found.set)), ["0: number = 7"]);
    assert.deepEqual(lines(await members(found.point)), ["x: number = 1"]);
    assert.deepEqual(lines(await members(found.accessor)), ["secret: getter = [Getter]"]);
    assert.ok("message" in (await members(found.failure)));
    assert.deepEqual(
      await variables("variables", { variablesReference: found.twice?.variablesReference }),
      {},
    );
  });

  test("of a large value the first thousand members are given, and the last says so", async () => {
    const numbers = Object.values(await members((await variables()).numbers));
    assert.deepEqual([numbers.length, numbers[999]?.name], [1001, "999"]);
    assert.equal(numbers.at(-1)?.value, "'1000 of 3000 are shown'");
  });

  test("a reference stays that of its variable, and says when it is gone", async () => {
    await kernel.execute("let changing: unknown = { before: 1 };");
    const { changing } = await variables();
    await kernel.execute("changing = { after: 2 };");
    assert.deepEqual(lines(await members(changing)), ["after: number = 2"]);
    assert.equal((await variables()).changing?.variablesReference, changing?.variablesReference);
    for (const variablesReference of [1e6, -1, "1"]) {
      const { success, message } = await debug("variables", { variablesReference });
      assert.deepEqual([success, message], [false, "There is no such variable any more"]);
    }
  });

  test("richInspectVariables shows a value as a cell does, and nothing for a name that is none", async () => {
    await kernel.execute(
      `const rich = { [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>rich</b>" }) };
      const slow = { [Symbol.for("Jupyter.display")]: async () => ({ "text/html": "<i>slow</i>" }) };
      const failing = { [Symbol.for("Jupyter.display")]() { throw new Error("no") } };`,
    );
    const show = async (variableName: string) => (await debug("richInspectVariables", { variableName })).body;
    assert.equal((await show("rich")).data["text/html"], "<b>rich</b>");
    assert.equal((await show("slow")).data["text/html"], "<i>slow</i>");
    assert.match((await show("failing")).data["text/plain"], /Symbol\(Jupyter\.display\)/);
    assert.deepEqual(await show("nowhere"), { data: {}, metadata: {} });
    assert.deepEqual(await show("2 + 2"), { data: {}, metadata: {} });
  });

  test("breakpoints are refused with a sentence, and what JupyterLab sends without any is not", async () => {
    for (const [command, given] of [
      ["setBreakpoints", { source: { path: "a" }, breakpoints: [{ line: 1 }] }],
      ["setExceptionBreakpoints", { filters: ["all"] }],
      ["dumpCell", { code: "1" }],
      ["evaluate", { expression: "1" }],
      ["toString", {}],
    ] as const) {
      const { success, message, body } = await debug(command, given);
      assert.equal(success, false);
      assert.match(message, /variables only: breakpoints and stepping are for later/);
      assert.deepEqual(body.breakpoints ?? [], []);
    }
    assert.equal((await debug("setBreakpoints", { source: {}, breakpoints: [] })).success, true);
    assert.equal((await debug("setExceptionBreakpoints", { filters: [] })).success, true);
  });

  test("they are shown also while a cell computes or waits, and the cell goes on", async () => {
    const cell = kernel.submit(
      "let round = 0; console.log('computes'); for (;;) { round++; if (round === -1) { break; } }",
    );
    await kernel.waitFor(({ content }) => content.text === "computes\n");
    assert.equal((await variables()).round?.type, "number");
    assert.equal(
      (await debug("richInspectVariables", { variableName: "count" })).body.data["text/plain"],
      "3",
    );
    assert.deepEqual(lines(await members((await variables()).point)), ["x: number = 1"]);
    await kernel.request("interrupt_request", {}, "control");
    assert.equal((await kernel.exchange(cell)).reply.content.ename, "KeyboardInterrupt");
    const waiting = kernel.submit("console.log('waits'); await new Promise(() => {});");
    await kernel.waitFor(({ content }) => content.text === "waits\n");
    assert.equal((await variables()).count?.value, "3");
    assert.equal(
      (await debug("richInspectVariables", { variableName: "count" })).body.data["text/plain"],
      "3",
    );
    await kernel.request("interrupt_request", {}, "control");
    await kernel.exchange(waiting);
  });

  test("many questions at once, as JupyterLab asks them, are all answered", async () => {
    const found = await Promise.all(Array.from({ length: 50 }, () => variables()));
    assert.ok(found.every(({ count }) => count?.value === "3"));
  });

  test("a notebook's own functions in the place of others' change nothing", async () => {
    await kernel.execute(
      `Reflect.ownKeys = Object.create = Array.isArray = Map.prototype.entries = Reflect.apply = () => { throw new Error("replaced"); };
      (Object.prototype as any).get = () => 1;`,
    );
    const found = await variables();
    assert.equal(found.list?.value, "[1, 'two', Object]");
    assert.deepEqual(lines(await members(found.set)), ["0: number = 7"]);
  });

  test("the kernel ends at once, also right behind a question", async () => {
    kernel.send("debug_request", { type: "request", seq: 1, command: "inspectVariables" }, "control");
    kernel.send("shutdown_request", { restart: false }, "control");
    assert.deepEqual(await kernel.exited(), { code: 0, signal: null });
  });
});
