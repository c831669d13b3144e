import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, type TestContext, test } from "node:test";
import { kernels, writeNotebook } from "../helpers/notebook.js";
import { poolbook } from "../helpers/poolbook.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

before(usePythonEnvironment);

const isCached = /unchanged, not run again/;

interface Case {
  kernel: "tslab" | "python3";
  code: string;
  /** Changes something that the run depends on, or not. */
  change: (folder: string) => void;
}

const file = (name: string, text: string) => (folder: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};
const typescript = { kernel: "tslab", code: "import { n } from './lib.ts';\nconsole.log(n)" } as const;
const python = { kernel: "python3", code: "import helper\nprint(helper.n)" } as const;

const cases: Record<string, { again: boolean } & Case> = {
  "nothing changed": { ...typescript, again: false, change: () => {} },
  "a TypeScript module changed": {
    ...typescript,
    again: true,
    change: file("lib.ts", "export const n = 2;"),
  },
  "a module behind it changed": {
    ...typescript,
    again: true,
    change: file("deep.ts", "export const m = 3;"),
  },
  "a Python module changed": { ...python, again: true, change: file("helper.py", "n = 2") },
  "an unrelated file changed": { ...python, again: false, change: file("other.py", "n = 2") },
  "a lock file came": { ...typescript, again: true, change: file("package-lock.json", "{}") },
  "a requirements file came": { ...python, again: true, change: file("requirements.txt", "numpy") },
  "a file that is named changed": {
    kernel: "python3",
    code: "print(open('data.csv').read())",
    again: true,
    change: file("data.csv", "2"),
  },
  "a file that a magic runs changed": {
    kernel: "python3",
    code: "%run helper.py",
    again: true,
    change: file("helper.py", "n = 3"),
  },
  "what a worker's file imports changed": {
    kernel: "tslab",
    code: "console.log('./lib.ts')",
    again: true,
    change: file("deep.ts", "export const m = 3;"),
  },
  "a module elsewhere in the repository changed": {
    kernel: "python3",
    code: "import sys\nsys.path.insert(0, '../src')\nimport far\nprint(far.n)",
    again: true,
    change: file("../src/far.py", "n = 2"),
  },
  "a linked package changed": {
    kernel: "tslab",
    code: "import { n } from 'linked';\nconsole.log(n)",
    again: true,
    change: file("linked/inner.js", "module.exports = 2;"),
  },
  "nothing changed in a package that is linked into itself": {
    kernel: "tslab",
    code: "import { n } from 'linked';\nconsole.log(n)",
    again: false,
    change: () => {},
  },
  "the package that is imported has another version": {
    kernel: "tslab",
    code: "import { n } from 'installed';\nconsole.log(n)",
    again: true,
    change: file("node_modules/installed/package.json", '{"version": "2.0.0"}'),
  },
  "settings of the compiler changed": {
    ...typescript,
    again: true,
    change: file("../tsconfig.json", '{"compilerOptions": {"target": "es2020"}}'),
  },
  "its settings for nbmake changed": {
    ...python,
    again: true,
    change: edit((notebook) => Object.assign(notebook.cells[0].metadata, { nbmake: { mock: { n: 4 } } })),
  },
  "an import has a computed name": {
    kernel: "tslab",
    code: "const name = './lib.ts';\nawait import(name)",
    again: true,
    change: () => {},
  },
};

function edit(change: (notebook: { cells: [{ metadata: object }] }) => void): (folder: string) => void {
  return (folder) => {
    const place = path.join(folder, "n.ipynb");
    const notebook = JSON.parse(readFileSync(place, "utf8"));
    change(notebook);
    writeFileSync(place, JSON.stringify(notebook));
  };
}

function write(
  t: TestContext,
  { kernel, code }: Omit<Case, "change">,
  tags: string[] = [],
): { folder: string; notebook: string } {
  const folder = path.join(temporaryFolder(t), "notebooks");
  mkdirSync(path.join(folder, "../.git"), { recursive: true });
  file("../src/far.py", "n = 1")(folder);
  for (const name of ["linked", "node_modules/installed"]) {
    file(`${name}/package.json`, '{"version": "1.0.0"}')(folder);
    file(`${name}/index.js`, "exports.n = 1;")(folder);
  }
  file("linked/inner.js", "module.exports = 1;")(folder);
  mkdirSync(path.join(folder, "linked/node_modules"));
  symlinkSync(path.join(folder, "linked"), path.join(folder, "linked/node_modules/linked"));
  symlinkSync(path.join(folder, "linked"), path.join(folder, "node_modules/linked"));
  file("lib.ts", "import { m } from './deep.ts';\nexport const n = 1 + m;")(folder);
  file("deep.ts", "export const m = 1;")(folder);
  file("helper.py", "n = 1")(folder);
  file("data.csv", "1")(folder);
  const cells = [{ source: code, tags }];
  return { folder, notebook: writeNotebook(folder, "n.ipynb", cells, { kernelspec: kernels[kernel] }) };
}

for (const [name, each] of Object.entries(cases)) {
  test(`--cache runs ${each.again ? "again" : "nothing"} when ${name}`, async (t) => {
    const { folder, notebook } = write(t, each);
    const cache = path.join(folder, "cache");
    const out = path.join(folder, "out.ipynb");
    const run = async () => await poolbook(["run", notebook, "-o", out, "--cache", cache]);
    const first = await run();
    assert.equal(first.code, 0, first.stdout + first.stderr);
    assert.doesNotMatch(first.stdout, isCached);
    const executed = readFileSync(out, "utf8");
    each.change(folder);
    const second = await run();
    assert.equal(second.code, 0);
    assert.equal(isCached.test(second.stdout), !each.again);
    if (!each.again) {
      assert.equal(readFileSync(out, "utf8"), executed);
    }
  });
}

test("--cache keeps no run that failed, no notebook with the tag no-cache, and reads no damaged entry", async (t) => {
  const failing = write(t, { ...typescript, code: "throw new Error('no')" });
  const tagged = write(t, typescript, ["no-cache"]);
  const cache = path.join(failing.folder, "cache");
  for (const { notebook } of [failing, failing, tagged, tagged]) {
    assert.doesNotMatch((await poolbook(["run", notebook, "--cache", cache])).stdout, isCached);
  }
  const good = write(t, typescript);
  await poolbook(["check", good.notebook, "--cache", cache]);
  const [entry = ""] = readdirSync(cache);
  assert.equal(readdirSync(cache).length, 1);
  writeFileSync(path.join(cache, entry), '{"cells": [');
  const { code, stdout } = await poolbook(["check", good.notebook, "--cache", cache]);
  assert.equal(code, 0);
  assert.doesNotMatch(stdout, isCached);
});

test("--cache runs again when parameters differ", async (t) => {
  const { folder, notebook } = write(t, { kernel: "tslab", code: "const year: number = 1;" }, ["parameters"]);
  const run = async (year: string) =>
    (await poolbook(["run", notebook, "-p", "year", year, "--cache", path.join(folder, "c")])).stdout;
  assert.doesNotMatch(await run("2"), isCached);
  assert.doesNotMatch(await run("3"), isCached);
  assert.match(await run("2"), isCached);
});

test("--cache tells the cells by their place now, when text was put before them", async (t) => {
  const { folder, notebook } = write(t, typescript);
  const cache = path.join(folder, "cache");
  await poolbook(["run", notebook, "--cache", cache]);
  edit(({ cells }) => {
    cells.unshift({ ...cells[0], ...{ cell_type: "markdown", id: "text", source: "Text", metadata: {} } });
    for (const name of ["outputs", "execution_count"]) {
      Reflect.deleteProperty(cells[0], name);
    }
  })(folder);
  const { stdout } = await poolbook(["run", notebook, "--cache", cache, "--json"]);
  const [{ isCached, cells }] = JSON.parse(stdout).notebooks;
  assert.deepEqual([isCached, cells.map(({ index }: { index: number }) => index)], [true, [1]]);
});

test("--cache keeps no language whose imports it cannot follow", async (t) => {
  const { folder, notebook } = write(t, python);
  const kernel = path.join(folder, "share/kernels/other");
  const spec = { argv: [process.execPath, "-e", "process.exit(1)", "{connection_file}"], language: "other" };
  file("kernel.json", JSON.stringify({ ...spec, display_name: "Other" }))(kernel);
  const cache = path.join(folder, "cache");
  await poolbook(["run", notebook, "-k", "other", "--cache", cache], {
    JUPYTER_PATH: path.join(folder, "share"),
  });
  assert.throws(() => readdirSync(cache), { code: "ENOENT" });
});

test("check --cache runs again what was different", async (t) => {
  const { folder, notebook } = write(t, { kernel: "python3", code: "import os\nprint(os.environ['FLAKY'])" });
  const check = async (flaky: string, ...options: string[]) => {
    const args = ["check", notebook, "--cache", path.join(folder, "cache"), ...options];
    return await poolbook(args, { FLAKY: flaky });
  };
  assert.equal((await check("right", "--update")).code, 0);
  assert.equal((await check("wrong")).code, 0);
  edit(({ cells: [cell] }) => Object.assign(cell, { outputs: [] }))(folder);
  const { code, stdout } = await check("wrong");
  assert.equal(code, 1);
  assert.match(stdout, /\+ wrong/);
  assert.doesNotMatch(stdout, isCached);
});
