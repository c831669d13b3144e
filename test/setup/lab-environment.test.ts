import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { projectFolder } from "#dist/setup/lab-environment.js";
import { installPackage, manifest } from "../helpers/installed-package.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

test("projectFolder() is the folder that a package is installed for, or the present one outside of that", () => {
  assert.equal(projectFolder("/a/node_modules/poolbook", "/a"), "/a");
  assert.equal(projectFolder("/a/node_modules/poolbook", "/a/b/c"), "/a");
  assert.equal(projectFolder("/a/node_modules/.pnpm/p@1/node_modules/poolbook", "/a/b"), "/a");
  assert.equal(projectFolder("/cache/x/node_modules/poolbook", "/a"), "/a");
  assert.equal(projectFolder("/a/node_modules/poolbook", "/ab"), "/ab");
});

/** A virtual environment whose Python has this JupyterLab, and notes with which variables it was started. */
function environmentWith(folder: string, jupyterlab: string): string {
  const bin = path.join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const script = `case "$2" in *__version__*) ${jupyterlab};; *) echo "$0 $JUPYTER_PATH $@" > "$(dirname "$0")/started";; esac`;
  writeFileSync(path.join(bin, "python"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, "python"), 0o755);
  return path.join(bin, "started");
}

test("poolbook lab in a project uses the JupyterLab that it finds, says which, and changes nothing there", (t) => {
  const folder = temporaryFolder(t);
  installPackage(folder, Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
  const below = path.join(folder, "below");
  mkdirSync(below);
  const lab = (variables: NodeJS.ProcessEnv, ...args: string[]) => {
    const bin = path.join(folder, "node_modules/poolbook/dist/cli/bin.js");
    const { VIRTUAL_ENV, CONDA_PREFIX, JUPYTER_PATH, ...env } = process.env;
    return spawnSync(process.execPath, [bin, "lab", ...args], {
      cwd: below,
      env: { ...env, ...variables },
      encoding: "utf8",
    });
  };

  const venv = path.join(folder, ".venv");
  environmentWith(venv, "echo 3.6.1");
  const old = lab({});
  assert.equal(old.status, 2);
  assert.match(
    old.stderr,
    /\.venv is an environment without JupyterLab 4; install it there with: .*pip install/,
  );

  const inVenv = environmentWith(venv, "echo 4.6.6");
  assert.match(lab({ JUPYTER_PATH: "/mine" }, "--course").stderr, /JupyterLab 4\.6\.6, found in .*\.venv\n$/);
  const data = path.join(folder, "node_modules/.cache/poolbook/jupyter");
  const started = readFileSync(inVenv, "utf8");
  assert.ok(started.includes(` ${data}:/mine `), started);
  assert.match(started, /root_dir=.*\/below\/poolbook-course/);
  assert.ok(existsSync(path.join(data, "kernels/tslab/kernel.json")));
  assert.ok(existsSync(path.join(data, "labextensions/poolbook-lab/package.json")));
  assert.ok(!existsSync(path.join(venv, "share")));

  const active = path.join(folder, "active");
  const inActive = environmentWith(active, "echo 4.5.0");
  const copy = path.join(below, "poolbook-course/00-pool-map.ipynb");
  writeFileSync(copy, readFileSync(copy, "utf8").replace("# ", "# Mine: "));
  assert.match(lab({ VIRTUAL_ENV: active }, "--course").stderr, /JupyterLab 4\.5\.0, found in .*active\n$/);
  assert.ok(existsSync(inActive));
  assert.match(readFileSync(copy, "utf8"), /# Mine: /);
});

test("poolbook lab --course, or --copy, works where poolbook is not installed, as by npx, and takes no other folder", (t) => {
  const folder = temporaryFolder(t);
  const [cache, present] = [path.join(folder, "cache"), path.join(folder, "present")];
  installPackage(cache, Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
  const started = environmentWith(path.join(present, ".venv"), "echo 4.6.6");
  const { VIRTUAL_ENV, CONDA_PREFIX, ...env } = process.env;
  const lab = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(cache, "node_modules/poolbook/dist/cli/bin.js"), "lab", ...args], {
      cwd: present,
      env,
      encoding: "utf8",
    });
  const link = path.join(present, "poolbook-course", "node_modules", "poolbook");
  lab("--course");
  assert.ok(existsSync(started));
  assert.equal(realpathSync(link), realpathSync(path.join(cache, "node_modules/poolbook")));
  rmSync(link);
  symlinkSync("/nowhere", link);
  lab("--course");
  assert.ok(existsSync(link));
  lab(path.join(cache, "node_modules/poolbook/notebooks"), "--copy", "mine");
  assert.ok(existsSync(path.join(present, "mine", "node_modules", "poolbook", "package.json")));
  const { status, stderr } = lab("--course", "other");
  assert.equal(status, 2);
  assert.match(stderr, /--course opens a copy of the course; --copy says where/);
});
