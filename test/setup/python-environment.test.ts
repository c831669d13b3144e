import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { SetupError } from "#dist/setup/find-python.js";
import { ensurePythonEnvironment } from "#dist/setup/python-environment.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** A checkout whose requirements are `requirements`. */
function checkout(folder: string, requirements: string): string {
  writeFileSync(path.join(folder, "requirements-dev.txt"), requirements);
  return folder;
}

/** Replaces PATH for one test; `scripts` are shell scripts by command name. */
function withPath(test: TestContext, folder: string, scripts: Record<string, string>): void {
  const bin = path.join(folder, "bin");
  mkdirSync(bin);
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  symlinkSync("/bin/sh", path.join(bin, "sh"));
  const before = process.env.PATH;
  process.env.PATH = bin;
  test.after(() => {
    process.env.PATH = before;
  });
}

async function stages(folder: string): Promise<string[]> {
  const seen: string[] = [];
  await ensurePythonEnvironment(({ stage }) => {
    if (stage !== undefined) {
      seen.push(stage);
    }
  }, folder);
  return seen;
}

const isSetupError = (problem: RegExp) => (error: unknown) =>
  error instanceof SetupError && problem.test(error.message) && !error.message.includes("\n");

test("ensurePythonEnvironment() makes .venv once, and again when the requirements change or it was interrupted", async (t) => {
  const folder = checkout(temporaryFolder(t), "# nothing\n");
  assert.deepEqual(await stages(folder), [
    "Setting up Python in .venv, once; this takes a minute or two",
    ".venv is ready",
  ]);
  const kernel = path.join(folder, ".venv", "share", "jupyter", "kernels", "tslab", "kernel.json");
  const { argv } = JSON.parse(readFileSync(kernel, "utf8"));
  assert.equal(argv[0], process.execPath);
  assert.ok(
    argv.some((argument: string) => path.isAbsolute(argument) && argument.endsWith("kernel/main.js")),
  );

  assert.deepEqual(await stages(folder), []);
  checkout(folder, "# changed\n");
  assert.equal((await stages(folder)).length, 2);

  writeFileSync(path.join(folder, ".venv", "poolbook-requirements"), "");
  assert.equal((await stages(folder)).length, 2);
  assert.ok(existsSync(kernel));
});

test("ensurePythonEnvironment() keeps the module type of the checkout from JupyterLab's scripts in .venv", async (t) => {
  const folder = checkout(temporaryFolder(t), "# nothing\n");
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await stages(folder);
  const script = path.join(folder, ".venv", "share", "helper.js");
  writeFileSync(script, 'console.log(typeof require("node:path").join)');
  assert.equal(execFileSync(process.execPath, [script], { encoding: "utf8" }), "function\n");
});

test("ensurePythonEnvironment() names what to install when there is no Python", async (t) => {
  const folder = checkout(temporaryFolder(t), "");
  withPath(t, folder, {});
  await assert.rejects(
    stages(folder),
    isSetupError(/^Python 3\.10 or newer is needed \(.*apt install python3/),
  );
});

test("ensurePythonEnvironment() names what it found when Python is too old", async (t) => {
  const folder = checkout(temporaryFolder(t), "");
  withPath(t, folder, { python3: "echo 3 8" });
  await assert.rejects(stages(folder), isSetupError(/^Python 3\.10 or newer is needed, found 3\.8 /));
});

test("ensurePythonEnvironment() names the package of a missing venv module", async (t) => {
  const folder = checkout(temporaryFolder(t), "");
  withPath(t, folder, { python3: 'case "$2" in *venv*) exit 1;; *) echo 3 11;; esac' });
  await assert.rejects(stages(folder), isSetupError(/venv module is missing; install it .*python3-venv/));
});

test("ensurePythonEnvironment() says so when the package index cannot be reached", async (t) => {
  const folder = checkout(temporaryFolder(t), "no-such-package-of-poolbook\n");
  const index = process.env.PIP_INDEX_URL;
  process.env.PIP_INDEX_URL = "http://127.0.0.1:9/simple";
  t.after(() => {
    if (index === undefined) {
      delete process.env.PIP_INDEX_URL;
    } else {
      process.env.PIP_INDEX_URL = index;
    }
  });
  await assert.rejects(stages(folder), isSetupError(/package index cannot be reached/));
});

test("ensurePythonEnvironment() refuses a folder without requirements-dev.txt", async (t) => {
  await assert.rejects(stages(temporaryFolder(t)), isSetupError(/requirements-dev\.txt is missing/));
});
