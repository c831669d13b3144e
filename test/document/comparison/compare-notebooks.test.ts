import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compareNotebooks } from "#dist/document/comparison/compare-notebooks.js";
import type { CheckSettings } from "#dist/document/comparison/rules/check-rules.js";
import { parseJson } from "#dist/document/json/exact-json.js";
import type { CodeCell, Output } from "#dist/document/notebook.js";
import { display, notebookOf, result, stderr, stdout } from "../../helpers/notebook-value.js";

/** The parts of the only cell that differ, with kind and lines marked as in a diff. */
function differences(
  stored: Output[],
  fresh: Output[],
  settings: CheckSettings = {},
  cell: Partial<CodeCell> = {},
): string[] {
  const found = compareNotebooks(notebookOf([stored], cell), notebookOf([fresh], cell), {
    layers: [{ source: "test", settings }],
  });
  return found.flatMap(({ kind, part, lines }) => [
    `${kind} ${part}`,
    ...lines.filter(({ mark }) => mark !== " ").map(({ mark, text }) => mark + text),
  ]);
}

function lines(stored: string, fresh: string, settings: CheckSettings = {}, tags: string[] = []): string[] {
  return differences([stdout(stored)], [stdout(fresh)], settings, { metadata: { tags } });
}

describe("outputs", () => {
  test("a changed line is one difference with the lines of both sides", () => {
    assert.deepEqual(lines("a\nb\nc\n", "a\nB\nc\n"), ["changed stdout", "-b", "+B"]);
  });

  test("a missing output, one too many, an unexpected stderr and an unexpected error are differences", () => {
    const png = { "image/png": "AAAA", "text/plain": "a picture" };
    assert.deepEqual(differences([stdout("a\n")], []), ["missing stdout", "-a"]);
    assert.deepEqual(differences([], [stdout("a\n")]), ["extra stdout", "+a"]);
    assert.deepEqual(differences([], [stderr("warning\n")]), ["extra stderr", "+warning"]);
    assert.deepEqual(differences([display(png)], [display(png), display({ "text/plain": "2" })]), [
      "extra display 2 text/plain",
      "+2",
    ]);
    const error: Output = {
      output_type: "error",
      ename: "RangeError",
      evalue: "too far",
      traceback: ["at 1"],
    };
    assert.deepEqual(differences([], [error]), ["extra error", "+RangeError: too far"]);
  });

  test("errors are compared by name and message, not by traceback", () => {
    const error = (evalue: string, traceback: string[]): Output[] => [
      { output_type: "error", ename: "Error", evalue, traceback },
    ];
    assert.deepEqual(differences(error("no", ["a"]), error("no", ["b"])), []);
    assert.deepEqual(differences(error("no", []), error("yes", [])), [
      "changed error",
      "-Error: no",
      "+Error: yes",
    ]);
  });

  test("how a stream is cut, and where stderr stands between it, does not matter", () => {
    assert.deepEqual(
      differences([stdout("a\n"), stderr("w\n"), stdout("b\n")], [stderr("w\n"), stdout("a\nb\n")]),
      [],
    );
    assert.deepEqual(
      differences([{ output_type: "stream", name: "stdout", text: ["a\n", "b"] }], [stdout("a\nb\n")]),
      [],
    );
  });

  test("what comes to stdout and to stderr are not the same", () => {
    assert.deepEqual(differences([stdout("a")], [stderr("a")]), [
      "missing stdout",
      "-a",
      "extra stderr",
      "+a",
    ]);
  });

  test("a result and a display with the same content are not the same", () => {
    const data = { "text/plain": "4" };
    assert.deepEqual(differences([result(data)], [display(data)]), [
      "missing result text/plain",
      "-4",
      "extra display text/plain",
      "+4",
    ]);
  });

  test("JSON is compared by value, and every MIME type by itself", () => {
    const stored = result({ "application/json": { a: 1, b: [1, 2] }, "text/plain": "x" });
    assert.deepEqual(
      differences([stored], [result({ "application/json": { b: [1, 2], a: 1 }, "text/plain": "x" })]),
      [],
    );
    assert.deepEqual(
      differences([stored], [result({ "application/json": { a: 1, b: [2, 1] }, "text/plain": "x" })]),
      ["changed result application/json", "-    1,", "-    2", "+    2,", "+    1"],
    );
    assert.deepEqual(
      differences([stored], [result({ "text/plain": "x" })])[0],
      "missing result application/json",
    );
  });

  test("numbers of JSON are compared by what they are worth, also those of many digits", () => {
    const shown = (json: string) => [result({ "application/json": parseJson(json) })];
    assert.deepEqual(differences(shown('{"a": 1.0, "b": [1e2]}'), shown('{"b": [100], "a": 1}')), []);
    assert.deepEqual(differences(shown('{"a": 9007199254740993}'), shown('{"a": 9007199254740992}')), [
      "changed result application/json",
      '-  "a": 9007199254740993',
      '+  "a": 9007199254740992',
    ]);
  });

  test("HTML and SVG are compared after white space and the order of attributes", () => {
    const svg = (text: string): Output[] => [display({ "image/svg+xml": text })];
    assert.deepEqual(
      differences(svg("<svg  b=\"1\" a='2'>\n  <g/></svg>"), svg('<svg a="2" b="1"><g/></svg>')),
      [],
    );
    assert.deepEqual(differences(svg('<svg><rect width="2"/></svg>'), svg('<svg><rect width="3"/></svg>')), [
      "changed display image/svg+xml",
      '-<rect width="2"/>',
      '+<rect width="3"/>',
    ]);
  });

  test("a cell that is only on one side is a difference", () => {
    const found = compareNotebooks(notebookOf([[], []]), notebookOf([[]]));
    assert.deepEqual(
      found.map(({ kind, index, id }) => [kind, index, id]),
      [["missing-cell", 1, "cell-2"]],
    );
  });

  test("cells whose ids have all been made anew are compared by position", () => {
    const renamed = { ...notebookOf([[stdout("a")], []]) };
    renamed.cells = renamed.cells.map((cell) => ({ ...cell, id: `new-${cell.id}` }));
    assert.deepEqual(compareNotebooks(notebookOf([[stdout("a")], []]), renamed), []);
    assert.equal(compareNotebooks(notebookOf([[stdout("b")], []]), renamed).length, 1);
  });

  test("a cell that a run with parameters has put in is not compared", () => {
    const fresh = notebookOf([[], [stdout("a")]]);
    fresh.cells.unshift({
      ...fresh.cells[0],
      id: "new",
      metadata: { tags: ["injected-parameters"] },
    } as CodeCell);
    assert.deepEqual(compareNotebooks(notebookOf([[], [stdout("a")]]), fresh), []);
  });

  test("a cell that failed or did not run is a difference, whatever it has put out", () => {
    const problems = new Map([[0, { message: "did not run", lines: [] }]]);
    const notebook = notebookOf([[]], { metadata: { tags: ["check-skip"] } });
    assert.deepEqual(
      compareNotebooks(notebook, notebook, { problems }).map(({ kind, message }) => [kind, message]),
      [["status", "did not run"]],
    );
  });
});

describe("pictures", () => {
  const png = (width: number, end: number): Output[] => {
    const bytes = Buffer.alloc(32, end);
    bytes.write("\x89PNG", 0, "latin1");
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(7, 20);
    return [display({ "image/png": bytes.toString("base64") })];
  };

  test("are compared by their bytes, by their size, or not at all", () => {
    assert.deepEqual(differences(png(5, 1), png(5, 1)), []);
    assert.deepEqual(differences(png(5, 1), png(5, 2)), ["changed display image/png"]);
    assert.deepEqual(differences(png(5, 1), png(5, 2), { images: "size" }), []);
    assert.deepEqual(differences(png(5, 1), png(6, 1), { images: "size" }), ["changed display image/png"]);
    assert.deepEqual(differences(png(5, 1), png(6, 1), { images: "ignore" }), []);
    assert.deepEqual(differences(png(5, 1), [], { images: "ignore" }), ["missing display image/png"]);
  });
});

test("SVG is compared as text, by its size, or not at all", () => {
  const svg = (width: number, x: number): Output[] => [
    display({
      "image/svg+xml": `<svg width="${width}" height="5"><rect x="${x}"/></svg>`,
      "text/plain": "a picture",
    }),
  ];
  assert.equal(differences(svg(9, 1), svg(9, 2))[0], "changed display image/svg+xml");
  assert.deepEqual(differences(svg(9, 1), svg(9, 2), { images: "size" }), []);
  assert.equal(differences(svg(9, 1), svg(8, 1), { images: "size" })[0], "changed display image/svg+xml");
  assert.deepEqual(differences(svg(9, 1), svg(8, 2), { images: "ignore" }), []);
});

describe("order", () => {
  const run = "Worker 11 sleeps\nWorker 12 sleeps\nWorker 11 wakes\nWorker 12 wakes\ndone\n";

  test("check-unordered takes the lines in any order, and each as often as it was", () => {
    const tags = ["check-unordered"];
    assert.deepEqual(lines("b\na\na\n", "a\na\nb\n", {}, tags), []);
    assert.deepEqual(lines("b\na\na\n", "a\nb\nb\n", {}, tags), ["changed stdout", "-a", "+b"]);
    assert.deepEqual(lines("b\na\n", "a\nb\n"), ["changed stdout", "-b", "+b"]);
  });

  test("check-unordered finds out which process is which", () => {
    const other = "done\nWorker 92 wakes\nWorker 91 sleeps\nWorker 92 sleeps\nWorker 91 wakes\n";
    assert.deepEqual(lines(run, other, {}, ["check-unordered"]), []);
    const wrong = "done\nWorker 92 wakes\nWorker 92 sleeps\nWorker 92 sleeps\nWorker 91 wakes\n";
    assert.notDeepEqual(lines(run, wrong, {}, ["check-unordered"]), []);
  });

  test("check-interleaved lets workers overtake each other, but not themselves", () => {
    const tags = ["check-interleaved"];
    const overtaken = "Worker 21 sleeps\nWorker 21 wakes\nWorker 22 sleeps\ndone\nWorker 22 wakes\n";
    assert.deepEqual(lines(run, overtaken, {}, tags), []);
    const backwards = "Worker 21 wakes\nWorker 21 sleeps\nWorker 22 sleeps\nWorker 22 wakes\ndone\n";
    assert.notDeepEqual(lines(run, backwards, {}, tags), []);
    assert.notDeepEqual(lines(run, overtaken), []);
  });

  test("check-interleaved keeps the order of the lines that name no process", () => {
    const tags = ["check-interleaved"];
    assert.deepEqual(lines("Worker 11 a\none\ntwo\n", "one\nWorker 12 a\ntwo\n", {}, tags), []);
    assert.notDeepEqual(lines("Worker 11 a\none\ntwo\n", "two\nWorker 12 a\none\n", {}, tags), []);
  });
});

describe("tolerance", () => {
  test("numbers are close by atol + rtol * |stored|, and all else is exact", () => {
    assert.deepEqual(lines("x = 10.0 y", "x = 10.4 y", { atol: 0.5 }), []);
    assert.deepEqual(lines("x = 100", "x = 101", { rtol: 0.01 }), []);
    assert.deepEqual(lines("x = 10.0", "x = 10.6", { atol: 0.5 }), [
      "changed stdout",
      "-x = 10.0",
      "+x = 10.6",
    ]);
    assert.notDeepEqual(lines("x = 10 m", "x = 10 kg", { atol: 5 }), []);
    assert.notDeepEqual(lines("x2 = 1", "x3 = 1", { atol: 5 }), []);
  });

  test("unordered lines are paired so that as many as possible are close", () => {
    assert.deepEqual(lines("a 1.0\na 2.0\n", "a 2.6\na 1.6\n", { atol: 0.7 }, ["check-unordered"]), []);
    assert.deepEqual(lines("a 1.0\na 2.0\n", "a 1.6\na 1.4\n", { atol: 0.7 }, ["check-unordered"]), []);
  });

  test("tolerant numbers do not keep processes from being told apart", () => {
    const stored = "Worker 11 did 5\nWorker 12 waited 7\n";
    const fresh = "Worker 11 waited 8\nWorker 12 did 6\n";
    assert.deepEqual(lines(stored, fresh, { atol: 1 }, ["check-unordered"]), []);
  });
});

test("a tolerance for numbers does not take one process for another", () => {
  const stored = "Worker 11 takes 1.0\nWorker 12 takes 2.0\nWorker 11 is done\n";
  assert.deepEqual(
    lines(stored, "Worker 31 takes 1.1\nWorker 32 takes 2.1\nWorker 31 is done\n", { atol: 1 }),
    [],
  );
  assert.notDeepEqual(
    lines(stored, "Worker 31 takes 1.1\nWorker 32 takes 2.1\nWorker 32 is done\n", { atol: 1 }),
    [],
  );
});
