import assert from "node:assert/strict";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { damagedNotebooks } from "../../helpers/damaged-notebooks.js";
import { poolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

for (const args of [["check", "--update"], ["format"]]) {
  test(`${args.join(" ")}: each of a thousand damaged notebooks ends in one line that says why, and is left as it is`, async (t) => {
    const folder = temporaryFolder(t);
    const damaged = damagedNotebooks(1000, 7);
    for (const [name, bytes] of damaged) {
      writeFileSync(path.join(folder, name), bytes);
    }
    const { code, stdout, stderr } = await poolbook([...args, folder]);
    assert.equal(code, 2);
    const lines = stderr.trimEnd().split("\n");
    assert.equal(
      lines.length,
      1000,
      lines.find((line) => !line.includes(".ipynb: ")),
    );
    for (const name of damaged.keys()) {
      const line = lines.find((line) => line.includes(name)) ?? "";
      assert.match(line, /\.ipynb: \S.{3,320}$/, name);
      assert.doesNotMatch(line, /\bat \w+ \(|undefined|\[object/, name);
    }
    for (const [name, bytes] of damaged) {
      assert.ok(readFileSync(path.join(folder, name)).equals(bytes), name);
    }
    assert.doesNotMatch(stdout, /updated|mended/);
  });
}

test("a notebook larger than any notebook is not read", async (t) => {
  const file = path.join(temporaryFolder(t), "large.ipynb");
  writeFileSync(file, "");
  truncateSync(file, 3 * 2 ** 30);
  const { code, stderr } = await poolbook(["check", file]);
  assert.equal(code, 2);
  assert.match(stderr, /large\.ipynb: larger than 256 MiB/);
});
