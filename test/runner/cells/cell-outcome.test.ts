import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeCell } from "#dist/document/notebook.js";
import { outcomeOf } from "#dist/runner/cells/cell-outcome.js";
import { notebookOf, stderr } from "../../helpers/notebook-value.js";

const [silent] = notebookOf([[]]).cells as CodeCell[];
const [loud] = notebookOf([[stderr("went wrong\n")]]).cells as CodeCell[];

const failures: [reply: object, cell: CodeCell | undefined, told: string][] = [
  [{ ename: "", evalue: "2", traceback: [] }, silent, "Error: exit status 2"],
  [{ ename: "", evalue: "", traceback: [] }, silent, "Error: the kernel does not say why"],
  [{ ename: "", evalue: "no such thing", traceback: [] }, silent, "Error: no such thing"],
  [{}, loud, "Error: went wrong"],
  [{ ename: "E", evalue: "", traceback: [] }, silent, "E: "],
];

for (const [reply, cell, told] of failures) {
  test(`outcomeOf() tells ${JSON.stringify(reply)} as ${told}`, () => {
    assert.ok(cell);
    const { status, error } = outcomeOf(cell, { status: "error", ...reply });
    assert.equal(status, "failed");
    assert.equal(`${error?.ename}: ${error?.evalue}`, told);
  });
}
