import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { poolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const kernelsOf = (dataFolder: string) => path.join(dataFolder, "kernels");
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
  assert.equal(
    (await poolbook(["kernel", "install", "--prefix", folder, "--name", "other", "--force"])).code,
    0,
  );
  assert.equal(read(other).language, "typescript");
});
