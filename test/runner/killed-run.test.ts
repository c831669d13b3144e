import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type CellOf, kernels, writeNotebook } from "../helpers/notebook.js";
import { finished, poolbook, startPoolbook } from "../helpers/poolbook.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

before(usePythonEnvironment);

const waiting: Record<"tslab" | "python3", CellOf> = {
  tslab:
    "require('node:fs').writeFileSync('ready', ''); await new Promise(() => setInterval(() => {}, 1000));",
  python3: "open('ready', 'w').close()\nimport time\ntime.sleep(100)",
};

for (const kernel of ["tslab", "python3"] as const) {
  test(`the folder of a run with ${kernel} that was killed is removed by the next run, and no other`, async (t) => {
    const folder = temporaryFolder(t);
    const temporary = path.join(folder, "tmp");
    mkdirSync(temporary);
    const env = { TMPDIR: temporary };
    const folders = () => readdirSync(temporary).filter((name) => /^poolbook-/.test(name));
    const metadata = { kernelspec: kernels[kernel] };
    const child = startPoolbook(["run", writeNotebook(folder, "a.ipynb", [waiting[kernel]], metadata)], env);
    const ended = finished(child);
    while (!existsSync(path.join(folder, "ready"))) {
      await sleep(20);
    }
    assert.equal(folders().length, 1);
    const quick = writeNotebook(folder, "b.ipynb", ["1"]);
    assert.equal((await poolbook(["run", quick], env)).code, 0);
    assert.equal(folders().length, 1, "that of a run that goes on is left alone");
    child.kill("SIGKILL");
    await ended;
    mkdirSync(path.join(temporary, "poolbook-somebody"));
    writeFileSync(path.join(temporary, "poolbook-somebody", "owner.json"), "not JSON");
    assert.equal((await poolbook(["run", quick], env)).code, 0);
    assert.deepEqual(folders(), ["poolbook-somebody"]);
  });
}

test("a run that is killed leaves neither its kernel nor what that has started", async (t) => {
  const folder = temporaryFolder(t);
  const source = [
    "import os, subprocess, time",
    "child = subprocess.Popen(['sleep', '1000'])",
    "open('pids.new', 'w').write(f'{os.getpid()} {child.pid}')",
    "os.rename('pids.new', 'pids')",
    "time.sleep(100)",
  ].join("\n");
  const metadata = { kernelspec: kernels.python3 };
  const child = startPoolbook(["run", writeNotebook(folder, "n.ipynb", [source], metadata)]);
  const ended = finished(child);
  while (!existsSync(path.join(folder, "pids"))) {
    await sleep(20);
  }
  const pids = readFileSync(path.join(folder, "pids"), "utf8").split(" ").map(Number);
  const living = () => pids.filter((pid) => existsSync(`/proc/${pid}`));
  assert.deepEqual(living(), pids);
  child.kill("SIGKILL");
  await ended;
  for (const end = performance.now() + 2000; living().length > 0 && performance.now() < end; ) {
    await sleep(20);
  }
  assert.deepEqual(living(), []);
});

test("a kernel's end is told with its exit code, and without what it said when it started", async (t) => {
  const metadata = { kernelspec: kernels.python3 };
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", ["import os\nos._exit(3)"], metadata);
  const { code, stdout } = await poolbook(["run", file]);
  assert.equal(code, 1);
  assert.match(stdout, /cell 1 \(cell-1\): the kernel exited with code 3\n {4}\| import os/);
});

test("a kernel's end is told with the last words that it wrote itself", async (t) => {
  const source = "import os\nos.write(2, b'out of patience\\n')\nos._exit(4)";
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", [source], { kernelspec: kernels.python3 });
  const { stdout } = await poolbook(["run", file]);
  assert.match(stdout, /the kernel exited with code 4/);
});
