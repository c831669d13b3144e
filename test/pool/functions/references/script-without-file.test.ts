import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const root = fileURLToPath(new URL("../../../../../", import.meta.url));
const script = `
  const { withPool } = require("poolbook");
  const offset = 3;
  const work = (x) => require("node:path").join("a", String(x + offset));
  withPool(1, (pool) => pool.map((x) => work(x), [1, 2])).then(console.log);`;

for (const [kind, options] of Object.entries({ "node -e": ["-e", script], "node -": ["-"], node: [] })) {
  test(`functions of a script that \`${kind}\` gets without a file load modules by \`require\``, (t) => {
    const cwd = temporaryFolder(t);
    mkdirSync(path.join(cwd, "node_modules"));
    symlinkSync(root, path.join(cwd, "node_modules/poolbook"));
    const { stdout, stderr } = spawnSync(process.execPath, options, { cwd, input: script, encoding: "utf8" });
    assert.equal(stderr, "");
    assert.equal(stdout, "[ 'a/4', 'a/5' ]\n");
  });
}
