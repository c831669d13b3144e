import assert from "node:assert/strict";
import { test } from "node:test";
import { executed } from "../helpers/executed-notebook.js";

const notebook = executed("solutions/solutions.ipynb");

for (const name of [
  "cubes",
  "otherProcess",
  "allAtOnce",
  "collect",
  "predictions",
  "rule",
  "finishTimes",
  "chunks",
]) {
  test(`${name}: the solution passes`, () => {
    const lines = notebook.lines(`${name}-check`);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", new RegExp(`^✓ ${name}: passed\\. `));
  });
}
