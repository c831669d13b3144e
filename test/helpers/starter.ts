import assert from "node:assert/strict";
import type { ExecutedNotebook } from "./executed-notebook.js";

/** Asserts that the exercises as they stand in the notebook count as not attempted, and that its last cell says so. */
export function assertNotAttempted(notebook: ExecutedNotebook, scoreCell: string, exercises: string[]): void {
  for (const name of exercises) {
    assert.equal(notebook.lines(`${name}-check`)[0], `○ ${name}: not attempted`);
    assert.match(notebook.lines(`${name}-check`).at(-1) ?? "", new RegExp(`hint\\("${name}"\\)`));
  }
  assert.deepEqual(notebook.lines(scoreCell), [
    `0 of ${exercises.length} passed in this notebook`,
    ...exercises.map((name) => `○ ${name}: not attempted`),
  ]);
}
