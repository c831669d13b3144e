import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

const eventEmitter = `const { prototype } = require("node:events");
  for (const key of Object.keys(prototype)) if (typeof prototype[key] === "function") prototype[key] = () =>`;

/** What a cell puts in the place of the functions that everything goes by. */
const survived: Record<string, string> = {
  "Function.prototype.call": "Function.prototype.call = () => {};",
  "typed arrays": `
    for (const name of ["Uint8Array", "Int32Array", "Float64Array", "ArrayBuffer", "DataView"]) globalThis[name] = class {};`,
  "the methods of typed arrays": `
    const { prototype } = Object.getPrototypeOf(Uint8Array);
    for (const key of ["set", "subarray", "slice", "fill", "copyWithin"]) prototype[key] = () => {};`,
  "EventEmitter's methods": `${eventEmitter} {};`,
  "EventEmitter's methods, which throw": `${eventEmitter} { throw new Error("mine"); };`,
  Symbol: "Symbol = null;",
  "Object.prototype.then": "Object.prototype.then = () => {};",
  "Object.prototype.then, which throws": "Object.prototype.then = () => { throw new Error('then'); };",
  "Object.prototype.then, by a getter": `
    Object.defineProperty(Object.prototype, "then", { get() { throw new Error("get"); }, configurable: true });`,
  "Array.prototype[Symbol.iterator]": "Array.prototype[Symbol.iterator] = function* () {};",
  "Array.prototype[Symbol.iterator], which is deleted": "delete Array.prototype[Symbol.iterator];",
  "what arrays make new ones by": `
    Object.defineProperty(Array, Symbol.species, { value: class { constructor() { throw new Error("mine"); } } , configurable: true });
    Array.prototype.constructor = null;`,
  "getters of Set, Map, RegExp and Symbol, which throw": `
    for (const [{ prototype }, ...names] of [[Set, "size"], [Map, "size"], [RegExp, "flags", "global", Symbol.species], [Symbol, "description"]]) {
      for (const name of names) {
        Object.defineProperty(prototype, name, { get() { throw new Error("mine"); }, configurable: true });
      }
    }
    Object.defineProperty(RegExp, Symbol.species, { get() { throw new Error("mine"); }, configurable: true });`,
  "the functions of Node's modules": `
    for (const name of ["path", "fs", "util", "url", "os", "vm"]) {
      const module = require("node:" + name);
      for (const key of Object.keys(module)) {
        if (typeof module[key] === "function") { try { module[key] = () => { throw new Error("mine"); }; } catch {} }
      }
    }`,
  "the functions of node:path, which give nothing": `
    const path = require("node:path");
    for (const key of Object.keys(path)) if (typeof path[key] === "function") path[key] = () => {};`,
  "the methods of Array, which throw": `
    for (const key of Object.getOwnPropertyNames(Array.prototype)) {
      if (key !== "constructor" && typeof Array.prototype[key] === "function") {
        Array.prototype[key] = () => { throw new Error("mine"); };
      }
    }`,
  "the methods of Map and Math, which throw": `
    for (const object of [Map.prototype, Math]) {
      for (const key of Object.getOwnPropertyNames(object)) {
        if (typeof Object.getOwnPropertyDescriptor(object, key).value === "function" && key !== "constructor") {
          object[key] = () => { throw new Error("mine"); };
        }
      }
    }`,
  "global functions and namespaces":
    "Intl = parseInt = parseFloat = isNaN = encodeURI = decodeURIComponent = null;",
  "Object and Array": "Object = Array = null;",
  "the next of arrays": "Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });",
  "JSON and Promise": "JSON = null; globalThis.Promise = class { then() {} };",
  "the methods of Set, which throw":
    "for (const key of ['add', 'has', 'delete']) Set.prototype[key] = () => { throw new Error('mine'); };",
  "Map and Set": "Map = Set = WeakMap = WeakSet = null;",
  "process.emit and on": "process.emit = process.on = process.once = () => { throw new Error('mine'); };",
  "the timers":
    "setTimeout = setImmediate = clearTimeout = queueMicrotask = null; process.nextTick = () => {};",
  Buffer: "Buffer = null;",
  "the methods of Buffer": `
    for (const key of Object.getOwnPropertyNames(Buffer.prototype)) {
      if (typeof Buffer.prototype[key] === "function" && key !== "constructor") Buffer.prototype[key] = () => {};
    }`,
  Atomics: "Atomics = null;",
  "Error and Reflect": "Error = TypeError = Reflect = Proxy = null;",
  AsyncLocalStorage: `
    const { AsyncLocalStorage: { prototype } } = require("node:async_hooks");
    prototype.run = prototype.getStore = () => {};`,
  "what threads speak by": `
    const { MessagePort, Worker } = require("node:worker_threads");
    Worker.prototype.postMessage = MessagePort.prototype.postMessage = () => {};`,
  channels: `
    require("node:diagnostics_channel").Channel.prototype.publish = () => { throw new Error("mine"); };`,
};

describe("a cell that replaces", () => {
  for (const [name, deed] of Object.entries(survived)) {
    test(`${name} leaves a kernel that works`, async () => {
      const kernel = await KernelClient.start({ javascript: true });
      try {
        const done = await kernel.execute(`{ ${deed} }; 0`);
        assert.equal(done.reply.content.status, "ok", done.reply.content.evalue);
        const { result, stdout, reply } = await kernel.execute("console.log('out'); await 1; 12");
        assert.deepEqual([result, stdout], ["12", "out\n"], reply.content.evalue);
        assert.equal((await kernel.execute("throw 5")).reply.content.evalue, "5");
        const id = kernel.submit("display(1); while (true) {}");
        await kernel.waitFor(
          ({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === "display_data",
        );
        const exchange = kernel.exchange(id);
        await kernel.request("interrupt_request", {}, "control");
        assert.equal((await exchange).reply.content.ename, "KeyboardInterrupt");
        const completion = await kernel.request("complete_request", { code: "Mat", cursor_pos: 3 });
        assert.ok(completion.reply.content.matches.includes("Math"));
        kernel.send("shutdown_request", { restart: false }, "control");
        await kernel.exited();
      } finally {
        await kernel.stop();
      }
    });
  }
});

describe("where Node itself cannot go on", { skip: isCalledWithoutApply() }, () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start({ javascript: true });
  });
  after(() => kernel.stop());

  test("an interrupt ends the kernel, and the cell with an error that says why", async () => {
    const id = kernel.submit("display(1); Function.prototype.apply = () => {}; 0");
    await kernel.waitFor(
      ({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === "display_data",
    );
    kernel.send("interrupt_request", {}, "control");
    const { content } = await kernel.waitFor(({ header }) => header.msg_type === "error");
    assert.equal(content.ename, "KernelBroken");
    await kernel.exited();
  });
});

/** Since Node 24, what comes from outside is called by Node's own means. */
function isCalledWithoutApply(): boolean {
  return Number(process.versions.node.split(".")[0]) >= 24;
}
