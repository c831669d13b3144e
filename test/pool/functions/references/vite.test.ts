import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import * as metaResolve from "import-meta-resolve";
import { withPool } from "poolbook";

type Imports = Record<string, unknown>;

const installed = "/node_modules/import-meta-resolve/index.js";

/** Runs the text of a test file as Vite has compiled it, and gives its function `task`. */
async function compiledByVite(
  text: string,
  modules: Imports,
  folder = process.cwd(),
): Promise<() => Promise<unknown>> {
  const url = pathToFileURL(path.join(folder, "compiled-by-vite.test.js")).href;
  const wrapped = `'use strict';async (__vite_ssr_import__,__vite_ssr_dynamic_import__)=>{{${text}\nreturn task;\n}}`;
  const run = runInThisContext(wrapped, { filename: url });
  const load = async (name: string) => modules[name];
  return run(load, load);
}

/** Vitest shows a module through a proxy, in which a missing name is looked for in the default export. */
function shown(module: object): unknown {
  return new Proxy(module, { get: (target, name) => Reflect.get(target, name) });
}

for (const [name, load] of [
  ["__vite_ssr_import_0__", "__vite_ssr_import__"],
  ["__vi_import_0__", "__vite_ssr_dynamic_import__"],
]) {
  test(`a task under Vitest uses the ES module of a package that its file imports as ${name}`, () =>
    withPool(1, async (pool) => {
      const text = `const ${name} = await ${load}("${installed}", {"importedNames":["resolve"]});
        const task = async () => {
          const { resolve } = await __vite_ssr_dynamic_import__("${installed}");
          return [${name}.resolve("./a.js", "file:///b/c.js"), ${name}.resolve === resolve];
        };`;
      const task = await compiledByVite(text, { [installed]: shown(metaResolve) });
      assert.deepEqual(await pool.apply(task), ["file:///b/a.js", true]);
    }));
}

test("a package that Vite leaves its name is imported by it", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "poolbook-test-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "node_modules/branded/index.mjs");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(path.join(path.dirname(file), "package.json"), '{ "exports": "./index.mjs" }');
  writeFileSync(
    file,
    'export const brand = Symbol("brand"); export const isBrand = (value) => value === brand;',
  );
  const branded = await import(pathToFileURL(file).href);
  const text = `const __vite_ssr_import_0__ = await __vite_ssr_import__("branded", {"importedNames":["brand"]});
    const task = () => __vite_ssr_import_0__.isBrand(__vite_ssr_import_0__.brand);`;
  const task = await compiledByVite(text, { branded: shown(branded) }, folder);
  assert.equal(await withPool(1, (pool) => pool.apply(task)), true);
});

test("a mock of a package travels instead of it", () =>
  withPool(1, async (pool) => {
    const text = `const __vi_import_0__ = await __vite_ssr_dynamic_import__("${installed}");
      const task = () => __vi_import_0__.resolve();`;
    const task = await compiledByVite(text, { [installed]: shown({ resolve: () => "mocked" }) });
    assert.equal(await pool.apply(task), "mocked");
  }));

test("import() of a task under Vitest is that of its file", () =>
  withPool(1, async (pool) => {
    const text = `const task = async () => [
        (await __vite_ssr_dynamic_import__("node:os")).EOL,
        typeof (await __vite_ssr_dynamic_import__("${installed}")).resolve,
        typeof (await __vite_ssr_dynamic_import__("/@fs${path.resolve(`.${installed}`)}")).resolve,
      ];`;
    const task = await compiledByVite(text, {});
    assert.deepEqual(await pool.apply(task), ["\n", "function", "function"]);
  }));
