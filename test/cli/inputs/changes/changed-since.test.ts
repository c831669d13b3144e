import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { changedInputs } from "#dist/cli/inputs/changes/changed-since.js";
import { kernels, writeNotebook } from "../../../helpers/notebook.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const git = (folder: string, ...args: string[]) =>
  execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.org", ...args]);

const files: Record<string, string> = {
  "nb/helper.py": "import nested.deep\n",
  "nb/nested/__init__.py": "",
  "nb/nested/deep.py": "from . import sibling\n",
  "nb/nested/sibling.py": "value = 1\n",
  "src/pkg/__init__.py": "",
  "src/pkg/core.py": "from .inner.leaf import f\n",
  "src/pkg/inner/leaf.py": "def f(): ...\n",
  "unrelated.py": "",
  "requirements.txt": "numpy\n",
  "nb/data.csv": "1,2\n",
  "nb/lib.ts": "export const n = 1;\n",
};

const cases: [code: string, changed: string, isChosen: boolean][] = [
  ["import helper", "nb/helper.py", true],
  ["import helper", "nb/nested/deep.py", true],
  ["import helper", "nb/nested/sibling.py", true],
  ["import helper", "nb/nested/__init__.py", true],
  ["import helper", "unrelated.py", false],
  ["import helper as h, os", "nb/helper.py", true],
  ["if True: import helper", "nb/helper.py", true],
  ["import os; import helper", "nb/helper.py", true],
  ["from nested import (\n    deep,\n    sibling,  # both\n)", "nb/nested/sibling.py", true],
  ["from nested import *", "nb/nested/__init__.py", true],
  ["import sys\nsys.path.insert(0, '../src')\nfrom pkg.core import f", "src/pkg/core.py", true],
  ["from pkg import core", "src/pkg/inner/leaf.py", true],
  ["import importlib\nimportlib.import_module('pkg.inner.leaf')", "src/pkg/inner/leaf.py", true],
  ["import importlib\nimportlib.import_module(name)", "unrelated.py", true],
  ["import importlib\nimportlib.import_module(name)", "nb/data.csv", false],
  ["import numpy as np", "requirements.txt", true],
  ["print(1)", "requirements.txt", false],
  ["open('data.csv')", "nb/data.csv", true],
  ["open('mydata.csv')", "nb/data.csv", false],
  ["%run unrelated.py", "unrelated.py", true],
];

for (const [code, changed, isChosen] of cases) {
  test(`--changed-since: ${JSON.stringify(code)} ${isChosen ? "is chosen for" : "does not depend on"} ${changed}`, async (t) => {
    const folder = temporaryFolder(t);
    git(folder, "init", "--quiet");
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    const file = writeNotebook(path.join(folder, "nb"), "a.ipynb", [code], { kernelspec: kernels.python3 });
    git(folder, "add", ".");
    git(folder, "commit", "--quiet", "--message", "first");
    assert.deepEqual(await changedInputs([{ file, relative: "a.ipynb" }], "HEAD"), []);
    if (changed.length % 2 === 0) {
      rmSync(path.join(folder, changed));
    } else {
      writeFileSync(path.join(folder, changed), "changed = 1\n");
    }
    const [found] = await changedInputs([{ file, relative: "a.ipynb" }], "HEAD");
    assert.equal(found !== undefined, isChosen, found?.reason);
    if (found) {
      assert.match(found.reason, new RegExp(changed.includes("unrelated") ? "unrelated|modules" : changed));
    }
  });
}
