import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { poolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const kernelsOf = (dataFolder: string) => path.join(dataFolder, "kernels");
const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
const read = (folder: string) => JSON.parse(readFileSync(path.join(folder, "kernel.json"), "utf8"));

test("kernel install, list and uninstall work in each place, under any name", async (t) => {
  const folder = temporaryFolder(t);
  const env = { VIRTUAL_ENV: folder, JUPYTER_DATA_DIR: path.join(folder, "user") };
  const shared = path.join(folder, "share", "jupyter");
  for (const [place, dataFolder] of [
    [["--prefix", folder], shared],
    [["--sys-prefix"], shared],
    [["--user"], env.JUPYTER_DATA_DIR],
  ] as const) {
    const named = ["--name", "mine", "--display-name", "My own", "--js"];
    assert.equal((await poolbook(["kernel", "install", ...place], env)).code, 0);
    assert.equal((await poolbook(["kernel", "install", ...place, ...named], env)).code, 0);
    const mine = path.join(kernelsOf(dataFolder), "mine");
    const jslab = path.join(kernelsOf(dataFolder), "jslab");
    const tslab = path.join(kernelsOf(dataFolder), "tslab");
    assert.deepEqual([read(jslab).language, read(tslab).language], ["javascript", "typescript"]);
    assert.deepEqual([read(mine).display_name, read(mine).language], ["My own", "javascript"]);
    assert.ok(existsSync(path.join(dataFolder, "labextensions", "poolbook-lab", "package.json")));
    assert.equal((await poolbook(["kernel", "list", ...place], env)).stdout, `${jslab}\n${mine}\n${tslab}\n`);
    assert.equal((await poolbook(["kernel", "uninstall", "mine", ...place], env)).code, 0);
    assert.equal((await poolbook(["kernel", "list", ...place], env)).stdout, `${jslab}\n${tslab}\n`);
    const labExtension = path.join(dataFolder, "labextensions", "poolbook-lab");
    assert.ok(existsSync(labExtension));
    const removed = await poolbook(["kernel", "uninstall", "tslab", "jslab", ...place], env);
    assert.equal(removed.stdout, `Removed ${tslab}\nRemoved ${jslab}\nRemoved ${labExtension}\n`);
    assert.deepEqual(filesBelow(dataFolder), []);
  }
});

test("kernel install and uninstall leave another's kernel alone, and refuse what is no place or name", async (t) => {
  const folder = temporaryFolder(t);
  const other = path.join(kernelsOf(path.join(folder, "share", "jupyter")), "other");
  mkdirSync(other, { recursive: true });
  writeFileSync(path.join(other, "kernel.json"), JSON.stringify({ argv: ["other"] }));
  for (const [args, problem] of [
    [["install", "--prefix", folder, "--name", "other"], /"other" is another kernel.*--force/],
    [["uninstall", "other", "--prefix", folder], /is not poolbook's, and stays/],
    [["uninstall", "none", "--prefix", folder], /No kernel "none" is installed/],
    [["uninstall", "..", "--prefix", folder], /Expected a kernel's name/],
    [["install", "--prefix", path.join(folder, "none")], /is not a folder/],
    [["install"], /Expected one of --prefix, --sys-prefix and --user/],
  ] as const) {
    const { code, stderr } = await poolbook(["kernel", ...args]);
    assert.equal(code, 2);
    assert.match(stderr, problem);
  }
  assert.deepEqual(read(other), { argv: ["other"] });
  writeFileSync(path.join(other, "logo.svg"), "");
  assert.equal(
    (await poolbook(["kernel", "install", "--prefix", folder, "--name", "other", "--force"])).code,
    0,
  );
  assert.equal(read(other).language, "typescript");
  assert.deepEqual(readdirSync(other).sort(), ["kernel.json", "start.mjs"]);
});

test("kernel install refuses a name in other letters, and then installs none of two", async (t) => {
  const folder = temporaryFolder(t);
  const kernels = kernelsOf(path.join(folder, "share", "jupyter"));
  mkdirSync(path.join(kernels, "JSLab"), { recursive: true });
  writeFileSync(path.join(kernels, "JSLab", "kernel.json"), JSON.stringify({ argv: ["other"] }));
  const { code, stderr } = await poolbook(["kernel", "install", "--prefix", folder]);
  assert.equal(code, 2);
  assert.match(stderr, /"JSLab" is another kernel.*--force/);
  assert.deepEqual(readdirSync(kernels), ["JSLab"]);
  assert.equal((await poolbook(["kernel", "install", "--prefix", folder, "--force"])).code, 0);
  assert.deepEqual(readdirSync(kernels).sort(), ["jslab", "tslab"]);
});

test("kernel uninstall leaves another's extension and files, and what pip has brought", async (t) => {
  const folder = temporaryFolder(t);
  const shared = path.join(folder, "share", "jupyter");
  const others = [
    "labextensions/other/package.json",
    "kernels/python3/kernel.json",
    "lab/settings/overrides.json",
  ];
  for (const file of others) {
    mkdirSync(path.dirname(path.join(shared, file)), { recursive: true });
    writeFileSync(path.join(shared, file), "{}");
  }
  const wheels = path.join(kernelsOf(shared), "fromwheel", "kernel.json");
  mkdirSync(path.dirname(wheels));
  writeFileSync(wheels, JSON.stringify({ argv: ["poolbook-kernel"], metadata: { poolbook: {} } }));
  assert.equal((await poolbook(["kernel", "install", "--prefix", folder])).code, 0);
  const both = ["uninstall", "tslab", "fromwheel", "--prefix", folder];
  const { code, stderr } = await poolbook(["kernel", ...both]);
  assert.equal(code, 2);
  assert.match(stderr, /came with pip, and goes with: pip uninstall poolbook-kernel/);
  assert.ok(existsSync(path.join(kernelsOf(shared), "tslab")), "all or nothing");
  assert.equal((await poolbook(["kernel", "uninstall", "tslab", "jslab", "--prefix", folder])).code, 0);
  for (const file of [
    ...others,
    "kernels/fromwheel/kernel.json",
    "labextensions/poolbook-lab/package.json",
  ]) {
    assert.ok(existsSync(path.join(shared, file)), file);
  }
});
