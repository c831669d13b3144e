import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const root = fileURLToPath(new URL("../../../../../", import.meta.url));

/** TypeScript that Node cannot load by itself. */
const library = `
import { basename } from "node:path";
export enum Level { Low = 1, High = 5 }
export const table = new Map<string, number>([["a", Level.High]]);
export class Named { constructor(readonly name: string) {} }
export default function triple(x: number): number { return 3 * x; }
export const fileOf = (file: string): string => basename(file) + table.get("a");
`;

const main = `
const { readFileSync } = require("node:fs");
const { withPool } = require("poolbook");
const { transformSync } = require("esbuild");
const compiled = (file) => transformSync(readFileSync(file, "utf8"), { loader: "ts", format: "cjs" }).code;
const load = LOAD;
const lib = load("./library.ts");
withPool(1, async (pool) => {
  console.log(await pool.apply(lib.default, [2]), await pool.apply((x) => lib.fileOf(x), ["b/c"]));
  console.log(await pool.apply(() => new lib.Named("n").name + lib.Level[5] + lib.table.size));
});`;

const hook = `(file) => {
  require.extensions[".ts"] = (module, path) => module._compile(compiled(path), path);
  return require(file);
}`;

/** As jiti does it: what is loaded stands among Node's modules, but Node was never asked. */
const evaluation = `(file) => {
  const path = require("node:path").resolve(file);
  const module = (require.cache[path] = new (require("node:module"))(path, require.main));
  module.filename = path;
  require("node:vm").compileFunction(compiled(path), ["exports", "require", "module"], { filename: path })(module.exports, require, module);
  module.loaded = true;
  return module.exports;
}`;

function run(t: TestContext, files: Record<string, string>, options: readonly string[] = []) {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(root, path.join(folder, "node_modules/poolbook"));
  symlinkSync(path.join(root, "node_modules/esbuild"), path.join(folder, "node_modules/esbuild"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return spawnSync(process.execPath, [...options, "main.cjs"], { cwd: folder, encoding: "utf8" });
}

for (const [kind, load] of Object.entries({ "a hook": hook, "an evaluation": evaluation })) {
  test(`functions of modules that ${kind} in this process alone has compiled travel`, (t) => {
    const { stdout, stderr } = run(t, { "main.cjs": main.replace("LOAD", load), "library.ts": library });
    assert.equal(stderr, "");
    assert.equal(stdout, "6 c5\nnHigh1\n");
  });
}

test("import() travels as jiti compiles it, from the file that it stands in", (t) => {
  const files = {
    "node_modules/jiti/index.js": `module.exports = (file) => {
      const jitiImport = async (id) => require("node:module").createRequire(file)(id);
      const source = "return async (id) => (await jitiImport(id)).name";
      return require("node:vm").compileFunction(source, ["jitiImport"], { filename: file })(jitiImport);
    };`,
    "near.cjs": 'exports.name = "near";',
    "main.cjs": `const lib = require("jiti")(require("node:path").resolve("library.ts"));
      require("poolbook").withPool(1, async (pool) => console.log(await pool.apply(lib, ["./near.cjs"]), await lib("./near.cjs")));`,
  };
  const { stdout, stderr } = run(t, files);
  assert.equal(stderr, "");
  assert.equal(stdout, "near near\n");
});

test("modules that a loader among Node's options compiles are loaded in the worker, with a state of its own", (t) => {
  const counting = `let count: number = 0;\nexports.next = (): number => ++count;`;
  const { stdout, stderr } = run(
    t,
    {
      "hook.cjs": `const { transformSync } = require("esbuild");
        require.extensions[".ts"] = (module, path) =>
          module._compile(transformSync(require("node:fs").readFileSync(path, "utf8"), { loader: "ts" }).code, path);`,
      "counting.ts": counting,
      "main.cjs": `const { next } = require("./counting.ts");
        require("poolbook").withPool(1, async (pool) => console.log(await pool.map(next, [1, 2]), next()));`,
    },
    ["--require", "./hook.cjs"],
  );
  assert.equal(stderr, "");
  assert.equal(stdout, "[ 1, 2 ] 1\n");
});

test("a module that a worker lacks the loader for is refused with its name, and what to do", (t) => {
  const files = {
    "other.cjs": "",
    "library.ts": "enum Level { High = 5 }\nexports.level = () => Level.High;",
    "main.cjs": `const { transformSync } = require("esbuild");
      require.extensions[".ts"] = (module, path) =>
        module._compile(transformSync(require("node:fs").readFileSync(path, "utf8"), { loader: "ts" }).code, path);
      const { level } = require("./library.ts");
      require("poolbook").withPool(1, (pool) => pool.apply(level)).catch((error) => console.log(error.message));`,
  };
  const { stdout } = run(t, files, ["--require", "./other.cjs"]);
  assert.match(
    stdout,
    /^Cannot load .*library\.ts in a worker: .*; if it needs a loader, start Node with it/,
  );
});
