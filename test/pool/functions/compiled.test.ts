import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** What the script prints of each of the functions in its object `functions`, called with 2. */
function outcomes(t: TestContext, script: string): string[] {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(root, path.join(folder, "node_modules/poolbook"));
  const calls = `require("poolbook").withPool(1, async (pool) => {
    for (const name in functions) {
      console.log(await pool.apply(functions[name], [2]).catch((error) => error.message));
    }
  });`;
  writeFileSync(path.join(folder, "main.cjs"), `${script}\n${calls}`);
  const { stdout, stderr } = spawnSync(process.execPath, ["main.cjs"], { cwd: folder, encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.trim().split("\n");
}

const refusedThis =
  "Cannot send function `usesIt` to a worker: it uses `this`, which has no value in a worker; pass the object as an argument";

test("asynchronous functions travel as TypeScript compiles them for ES2015 and ES5", (t) => {
  const script = `
    const __awaiter = (thisArg, _arguments, P, generator) => new Promise((resolve, reject) => {
      const steps = generator.apply(thisArg, _arguments || []);
      const step = (result) => result.done ? resolve(result.value) : Promise.resolve(result.value).then((value) => step(steps.next(value)), reject);
      step(steps.next());
    });
    const tslib_1 = { __awaiter };
    const offset = 3;
    function plain(x) { return __awaiter(this, void 0, void 0, function* () { return (yield Promise.resolve(x)) + offset; }); }
    const arrow = (x) => __awaiter(this, void 0, void 0, function* () { return (yield plain(x)) + offset; });
    function imported(x) { return (0, tslib_1.__awaiter)(this, void 0, void 0, function* () { return x + (yield arrow(x)); }); }
    function usesIt(x) { return __awaiter(this, void 0, void 0, function* () { return this.x; }); }
    const functions = { plain, arrow, imported, usesIt };`;
  assert.deepEqual(outcomes(t, script), ["5", "8", "10", refusedThis]);
});

test("asynchronous functions travel as Babel and SWC compile them, called before or not", (t) => {
  const script = `"use strict";
    function _asyncToGenerator(fn) {
      return function () {
        const self = this, args = arguments;
        return new Promise((resolve, reject) => {
          const steps = fn.apply(self, args);
          const step = (result) => result.done ? resolve(result.value) : Promise.resolve(result.value).then((value) => step(steps.next(value)), reject);
          step(steps.next());
        });
      };
    }
    const offset = 3;
    function load(_x) { return _load.apply(this, arguments); }
    function _load() {
      _load = _asyncToGenerator(function* (x) { return (yield Promise.resolve(x)) + offset; });
      return _load.apply(this, arguments);
    }
    const functions = { load, get again() { load(1); return load; }, usesIt(x) { return this.load(x); } };`;
  assert.deepEqual(outcomes(t, script), ["5", "5", refusedThis]);
});

test("asynchronous functions without parameters travel as Babel and SWC compile them", (t) => {
  const script = `"use strict";
    function _async_to_generator(fn) {
      return function () {
        var self = this, args = arguments;
        return new Promise((resolve, reject) => {
          var steps = fn.apply(self, args);
          const step = (result) => result.done ? resolve(result.value) : Promise.resolve(result.value).then((value) => step(steps.next(value)), reject);
          step(steps.next());
        });
      };
    }
    const offset = 3;
    const direct = /*#__PURE__*/_async_to_generator(function* () { return (yield Promise.resolve(1)) + offset; });
    const called = () => _async_to_generator(function* () {
      class Owner { constructor() { this.own = offset; } }
      return (yield new Owner()).own;
    }).call(this);
    const usesIt = function () { var self = this, args = arguments; return direct.apply(self, args).then(() => self.own); };
    const functions = { direct, called, usesIt };`;
  assert.deepEqual(outcomes(t, script), ["4", "3", refusedThis]);
});

test("helpers that set a variable for themselves travel, used before or not", (t) => {
  const script = `
    var id = 0;
    function _classPrivateFieldLooseKey(name) { return "__private_" + id++ + "_" + name; }
    function _templateObject() {
      var data = Object.freeze(["a", "b"]);
      _templateObject = function () { return data; };
      return data;
    }
    var _templateObject2;
    function AsyncFromSyncIterator(steps) {
      AsyncFromSyncIterator = function (steps) { this.steps = steps; };
      return new AsyncFromSyncIterator(steps);
    }
    const key = (x) => _classPrivateFieldLooseKey(x);
    const template = (x) => _templateObject().join(x);
    const template2 = (x) => (_templateObject2 || (_templateObject2 = Object.freeze(["c", "d"]))).join(x);
    const iterator = (x) => new AsyncFromSyncIterator(x).steps;
    var _Math;
    const receiver = (x) => (_Math = Math).max.apply(_Math, [1, x]);
    const all = { key, template, template2, iterator, receiver };
    const use = () => Object.values(all).map((fn) => fn(1));
    const functions = { ...all, get again() { use(); return use; } };`;
  assert.deepEqual(outcomes(t, script), [
    "__private_0_2",
    "a2b",
    "c2d",
    "2",
    "2",
    "[ '__private_1_1', 'a1b', 'c1d', 1, 1 ]",
  ]);
});

for (const isUsed of [false, true]) {
  test(`functions travel as TypeScript compiles them for ES5, their helpers ${isUsed ? "" : "not "}used before`, (t) => {
    const source = `
      class Base { constructor(public n: number) {} }
      class Derived extends Base { get twice() { return 2 * this.n; } }
      const tagged = (strings: TemplateStringsArray, x: number) => strings.raw.join(String(x));
      const functions: Record<string, (x: number) => unknown> = {
        spread: (x) => ({ ...{ x }, y: [...[1], x] }),
        derived: (x) => { class Own extends Derived {} return new Own(x).twice; },
        template: (x) => tagged\`a\${x}b\`,
        later: async (x) => { for (const y of [await x]) { return y; } },
      };
      ${isUsed ? "Object.values(functions).map((fn) => fn(1));" : ""}`;
    const { ScriptTarget, ModuleKind } = ts;
    const script = ts.transpile(source, {
      target: ScriptTarget.ES5,
      module: ModuleKind.CommonJS,
      downlevelIteration: true,
    });
    assert.deepEqual(outcomes(t, script), ["{ x: 2, y: [ 1, 2 ] }", "4", "a2b", "2"]);
  });
}

test("intrinsic objects travel, as Babel's generators for ES5 inherit from them", (t) => {
  const script = `
    const { getPrototypeOf } = Object;
    const ArrayIteratorPrototype = getPrototypeOf([].values());
    const IteratorPrototype = getPrototypeOf(ArrayIteratorPrototype);
    const AsyncFunction = (async () => {}).constructor;
    const TypedArray = getPrototypeOf(Uint8Array);
    const steps = Object.create(Object.create(IteratorPrototype), { next: { value: () => ({ done: true }) } });
    const functions = {
      own: () => [...steps].length,
      next: (x) => ArrayIteratorPrototype.next.call([x].values()).value,
      constructors: (x) => [new AsyncFunction() instanceof AsyncFunction, new Uint8Array(x) instanceof TypedArray],
    };`;
  assert.deepEqual(outcomes(t, script), ["0", "2", "[ true, true ]"]);
});

test("what compilers make of `import()` in CommonJS travels without the modules that it has wrapped", (t) => {
  const script = `
    let cache;
    function _interopRequireWildcard(e) {
      if (cache || (cache = new WeakMap(), cache)) { if (cache.has(e)) return cache.get(e); }
      const made = { ...e, default: e };
      cache.set(e, made);
      return made;
    }
    function _getRequireWildcardCache(nodeInterop) {
      var cacheBabelInterop = new WeakMap();
      var cacheNodeInterop = new WeakMap();
      return (_getRequireWildcardCache = function (nodeInterop) { return nodeInterop ? cacheNodeInterop : cacheBabelInterop; })(nodeInterop);
    }
    function _interop_require_wildcard(obj) {
      const cache = _getRequireWildcardCache(true);
      if (cache && cache.has(obj)) return cache.get(obj);
      const made = { ...obj, default: obj };
      if (cache) cache.set(obj, made);
      return made;
    }
    const babel = (x) => Promise.resolve().then(() => _interopRequireWildcard(require("node:path"))).then((path) => path.sep + x);
    const swc = (x) => Promise.resolve().then(() => _interop_require_wildcard(require("node:path"))).then((path) => path.sep + x);
    const functions = { babel, swc, get again() { _interop_require_wildcard(require("node:path")); _interopRequireWildcard(require("node:path")); return () => swc(1).then((one) => babel(2).then((two) => one + two)); } };`;
  assert.deepEqual(outcomes(t, script), ["/2", "/2", "/1/2"]);
});

test("what TypeScript makes of `import()` in CommonJS travels, used before or not", (t) => {
  const script = `
    const star = () => {
      var ownKeys = function (o) {
        ownKeys = Object.getOwnPropertyNames || function (o) { return Object.keys(o); };
        return ownKeys(o);
      };
      return (module) => Object.fromEntries(ownKeys(module).map((key) => [key, module[key]]));
    };
    const __importStar = star();
    const path = (x) => Promise.resolve().then(() => __importStar(require("node:path"))).then((path) => path.sep + x);
    const functions = { path, get again() { __importStar({}); return path; } };`;
  assert.deepEqual(outcomes(t, script), ["/2", "/2"]);
});

test("members of CommonJS modules travel as Rolldown bundles them, with getters that are bound to their names", (t) => {
  const script = `
    const wrapped = (from, to = {}) => {
      for (const key of Object.keys(from)) {
        Object.defineProperty(to, key, { get: ((k) => from[k]).bind(null, key), enumerable: true });
      }
      return to;
    };
    const minified = (r, n = {}) => {
      for (let i of Object.keys(r)) Object.defineProperty(n, i, { get: (e=>r[e]).bind(null, i), enumerable: !0 });
      return n;
    };
    const k = 6;
    const own = { add: (x) => x + k, six: k };
    const [import_own, m] = [wrapped(own), minified(own)];
    const sum = (a, b) => a + b;
    const holder = Object.defineProperty({}, "sum", { get: sum.bind(null, 1) });
    const functions = { a: (x) => import_own.add(x), b: (x) => (0, m.add)(x) + m.six, c: () => holder.sum };`;
  assert.deepEqual(outcomes(t, script), [
    "8",
    "14",
    "Cannot send function `c` to a worker: it uses `holder`, which uses `sum`, a native or bound function; wrap the call in a function of your own",
  ]);
});

for (const mode of ["", '"use strict";']) {
  test(`a function that replaces itself is refused, as a worker's copy cannot ${mode}`, (t) => {
    const script = `${mode}
      function setUp() { setUp = () => 1; return 0; }
      const functions = { setUp, user: () => setUp() };`;
    const why = "to which it assigns, but a worker has only a copy; return the value instead";
    assert.deepEqual(outcomes(t, script), [
      `Cannot send function \`setUp\` to a worker: it uses \`setUp\`, ${why}`,
      `Cannot send function \`user\` to a worker: it uses \`setUp\`, which uses \`setUp\`, ${why}`,
    ]);
  });
}
