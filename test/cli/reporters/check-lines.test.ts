import assert from "node:assert/strict";
import { test } from "node:test";
import { describeCheck, describeTotals } from "#dist/cli/reporters/check-lines.js";
import { totalsOf } from "#dist/cli/reporters/check-totals.js";
import type { Style } from "#dist/cli/terminal/screen.js";
import { checkOf, differentCell } from "../../helpers/notebook-check.js";

const plain = (_: Style, text: string): string => text;

test("a notebook that is equal is one line, and a run in which all are is told of no further", () => {
  assert.deepEqual(describeCheck(checkOf([{}, {}]), plain), ["✓ notebooks/a.ipynb  2 cells  1.50 s"]);
  assert.deepEqual(describeTotals(totalsOf([checkOf([{}])])), []);
});

test("what the rules kept from being compared is said", () => {
  const notes = ["display image/png not compared"];
  assert.deepEqual(describeCheck(checkOf([{ notes }]), plain), [
    "✓ notebooks/a.ipynb  1 cell  display image/png not compared  1.50 s",
  ]);
});

test("a long difference is shown in part: the changed lines with two around them, and not without end", () => {
  const cell = differentCell("", "");
  const lines = [
    ...Array.from({ length: 10 }, (_, index) => ({ mark: " " as const, text: `same ${index}` })),
    ...Array.from({ length: 100 }, (_, index) => ({ mark: "+" as const, text: `new ${index}` })),
  ];
  const [difference] = cell.differences ?? [];
  assert.ok(difference);
  const shown = describeCheck(
    checkOf([{ ...cell, differences: [{ ...difference, lines }] }], { status: "different" }),
    plain,
  );
  assert.deepEqual(shown.slice(4, 9), [
    "    stdout differs",
    "        …",
    "        same 8",
    "        same 9",
    "      + new 0",
  ]);
  assert.equal(shown.at(-1), "      … 43 more lines");
});

test("colours are the painter's, and escapes from outputs are taken away", () => {
  const painted: string[] = [];
  const paint = (style: Style, text: string): string => {
    painted.push(`${style} ${text}`);
    return text;
  };
  const lines = describeCheck(
    checkOf([differentCell("\u001b[32ma\u001b[39m", "b")], { status: "different" }),
    paint,
  );
  assert.ok(lines.every((line) => !line.includes("\u001b")));
  assert.deepEqual(painted.slice(-2), ["red       - a", "green       + b"]);
});
