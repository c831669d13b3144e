import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

const counter = `class Counter {
  #count = 0;
  static #made = 3;
  static #start() { return 10; }
  #plus(x) { return this.#count + x; }
  next() { this.#count++; return this.#plus(Counter.#start()); }
  static made() { return Counter.#made++; }
  static is(value) { return #count in value; }
}`;

/** As TypeScript compiles it for ES2015 to ES2021. */
const typescript = `
var __classPrivateFieldGet = (receiver, state) => state.get(receiver);
var __classPrivateFieldSet = (receiver, state, value) => (state.set(receiver, value), value);
var __classPrivateFieldIn = (state, receiver) => state.has(receiver);
var _Counter_instances, _Counter_count, _a, _Counter_made, _Counter_start, _Counter_plus;
class Counter {
  constructor() { _Counter_instances.add(this); _Counter_count.set(this, 0); }
  next() {
    __classPrivateFieldSet(this, _Counter_count, __classPrivateFieldGet(this, _Counter_count, "f") + 1, "f");
    return _Counter_plus.call(this, _Counter_start.call(_a));
  }
  static made() { return _Counter_made.value++; }
  static is(value) { return __classPrivateFieldIn(_Counter_count, value); }
}
_a = Counter, _Counter_count = new WeakMap(), _Counter_instances = new WeakSet();
_Counter_plus = function (x) { return __classPrivateFieldGet(this, _Counter_count, "f") + x; };
_Counter_start = function () { return 10; };
_Counter_made = { value: 3 };`;

const calls = `
class Sub extends Counter {}
const one = new Counter();
const message = (error) => error.message;
require("poolbook").withPool(1, async (pool) => {
  console.log(await pool.apply(() => { const made = new Sub(); made.next(); return made.next(); }).catch(message));
  console.log(await pool.apply(() => [Counter.made(), Counter.made(), Counter.is(new Sub()), Counter.is({})].join()).catch(message));
  console.log(await pool.apply(() => one.next()).catch(message));
});`;

const forms = {
  "esbuild for ES2015": transformSync(counter, { target: "es2015" }).code,
  "esbuild for ES2021": transformSync(counter, { target: "es2021" }).code,
  TypeScript: typescript,
};

for (const [compiler, code] of Object.entries(forms)) {
  test(`private fields travel with their class as ${compiler} makes them, and instances that have them are refused`, (t) => {
    const folder = temporaryFolder(t);
    mkdirSync(path.join(folder, "node_modules"));
    symlinkSync(root, path.join(folder, "node_modules/poolbook"));
    writeFileSync(path.join(folder, "main.cjs"), code + calls);
    const { stdout, stderr } = spawnSync(process.execPath, ["main.cjs"], { cwd: folder, encoding: "utf8" });
    assert.equal(stderr, "");
    const [counted, ofClass, instance] = stdout.split("\n");
    assert.equal(counted, "12");
    assert.equal(ofClass, "3,4,true,false");
    assert.match(
      instance ?? "",
      /it uses `one`, a _?Counter, which belongs to this process; create it inside the function$/,
    );
  });
}

test("a WeakMap of the user's own that looks like a private field is refused where a worker would miss an entry", (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(root, path.join(folder, "node_modules/poolbook"));
  const source = `
    const _notes = new WeakMap();
    class Noted { constructor() { _notes.set(this, 1); } static of(value) { return _notes.get(value); } }
    const message = (error) => error.message;
    require("poolbook").withPool(1, async (pool) => {
      new Noted();
      console.log(await pool.apply(() => Noted.of(new Noted())).catch(message));
      for (const key of [{}, [], new Date(), new (class Plain {})()]) {
        _notes.set(key, 2);
        console.log(await pool.apply(() => Noted.of(key)).catch(message));
        _notes.delete(key);
      }
    });`;
  writeFileSync(path.join(folder, "main.cjs"), source);
  const { stdout, stderr } = spawnSync(process.execPath, ["main.cjs"], { cwd: folder, encoding: "utf8" });
  assert.equal(stderr, "");
  const [made, ...kept] = stdout.trim().split("\n");
  assert.equal(made, "1");
  assert.equal(kept.length, 4);
  for (const line of kept) {
    assert.match(line, /uses `_notes`, a WeakMap/);
  }
});
