import assert from "node:assert/strict";
import { test } from "node:test";
import { annotations } from "#dist/cli/reporters/check-annotations.js";
import { checkOf, differentCell } from "../../helpers/notebook-check.js";

test("GitHub is told of each difference, each flaky notebook and each that could not be run, in escaped words", () => {
  assert.deepEqual(
    annotations([
      checkOf([{}, differentCell("50%", "a:b,c")], { path: "a,b.ipynb" }),
      checkOf([{}], { isFlaky: true, attempts: 3 }),
      checkOf([], { problem: "not JSON" }),
      checkOf([{}]),
    ]),
    [
      "::error file=a%2Cb.ipynb,title=cell 2 (cell-2)::stdout differs%0A-50%25%0A+a:b,c",
      "::warning file=notebooks/a.ipynb,title=flaky::equal only in attempt 3",
      "::error file=notebooks/a.ipynb,title=could not be run::not JSON",
    ],
  );
});
