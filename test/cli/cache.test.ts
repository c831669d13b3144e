import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
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

const file = (name: string, text: string) => (folder: string) => writeFileSync(path.join(folder, name), text);
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
};

function write(
  t: TestContext,
  { kernel, code }: Omit<Case, "change">,
  tags: string[] = [],
): { folder: string; notebook: string } {
  const folder = temporaryFolder(t);
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
