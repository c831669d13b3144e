import assert from "node:assert/strict";
import { test } from "node:test";
import { check } from "poolbook";
import { executedAsItIs } from "../helpers/executed-notebook.js";

const notebook = executedAsItIs("solutions/solutions.ipynb");

for (const name of Object.keys(check)) {
  test(`${name}: the solution passes`, () => {
    const lines = notebook.lines(`${name}-check`);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", new RegExp(`^✓ ${name}: passed\\. `));
  });
}
