import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { normaliserNames } from "#dist/document/comparison/normalisers/normalisers.js";

test("README names every normaliser, in the order in which they are applied", () => {
  const readme = path.resolve(import.meta.dirname, "../../../src/checker/README.md");
  const table = readFileSync(readme, "utf8").split("| normaliser |")[1]?.split("\n\n")[0] ?? "";
  assert.deepEqual(
    [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name),
    normaliserNames,
  );
});
