import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

/** Tests of what is no room of `src`. */
const others = [".", "browser", "house", "notebooks"];

test("every folder of tests is named as the room of src that it tests", () => {
  const folders = readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => path.dirname(file));
  const strange = [...new Set(folders)].filter(
    (folder) => !others.includes(folder) && !existsSync(path.join("src", folder)),
  );
  assert.deepEqual(strange, []);
});
