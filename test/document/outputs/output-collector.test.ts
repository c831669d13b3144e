import assert from "node:assert/strict";
import { test } from "node:test";
import { formatNotebook } from "#dist/document/format-notebook.js";
import type { CodeCell } from "#dist/document/notebook.js";
import { OutputCollector, settleStreams } from "#dist/document/outputs/output-collector.js";
import { WidgetState } from "#dist/document/outputs/widget-state.js";
import { parseNotebook } from "#dist/document/parse-notebook.js";

function codeCell(): CodeCell {
  return { cell_type: "code", source: "", metadata: {}, execution_count: null, outputs: [] };
}

const stream = (name: string, text: string) => ({ msg_type: "stream", content: { name, text } });
const display = (text: string, display_id?: string, msg_type = "display_data") => ({
  msg_type,
  content: { data: { "text/plain": text }, metadata: {}, transient: { display_id } },
});

function texts(cell: CodeCell): string[] {
  return cell.outputs.map((output) => {
    if (output.output_type === "stream") {
      return `${output.name}: ${output.text}`;
    }
    return output.output_type === "error" ? output.ename : String(output.data["text/plain"]);
  });
}

test("OutputCollector joins neighbouring writes to one stream and keeps the order of the rest", () => {
  const cell = codeCell();
  const collector = new OutputCollector();
  for (const message of [
    stream("stdout", "a"),
    stream("stdout", "b\n"),
    stream("stderr", "c\n"),
    display("picture"),
    stream("stdout", "d\n"),
  ]) {
    collector.apply(cell, message);
  }
  assert.deepEqual(texts(cell), ["stdout: ab\n", "stderr: c\n", "picture", "stdout: d\n"]);
});

test("OutputCollector clears at once, or when the next output comes", () => {
  const cell = codeCell();
  const collector = new OutputCollector();
  collector.apply(cell, stream("stdout", "old"));
  collector.apply(cell, { msg_type: "clear_output", content: { wait: true } });
  assert.deepEqual(texts(cell), ["stdout: old"]);
  collector.apply(cell, stream("stdout", "new"));
  assert.deepEqual(texts(cell), ["stdout: new"]);
  collector.apply(cell, { msg_type: "clear_output", content: { wait: false } });
  assert.deepEqual(texts(cell), []);
});

test("OutputCollector updates a display wherever it stands, and does not revive a cleared one", () => {
  const [first, second] = [codeCell(), codeCell()];
  const collector = new OutputCollector();
  collector.apply(first, display("1 %", "progress"));
  collector.apply(second, display("1 %", "progress"));
  collector.apply(second, { msg_type: "clear_output", content: { wait: false } });
  collector.apply(second, display("99 %", "progress", "update_display_data"));
  assert.deepEqual([texts(first), texts(second)], [["99 %"], []]);
});

test("OutputCollector keeps results and errors as the kernel sent them, and ignores status", () => {
  const cell = codeCell();
  const collector = new OutputCollector();
  collector.apply(cell, { msg_type: "status", content: { execution_state: "busy" } });
  collector.apply(cell, {
    msg_type: "execute_result",
    content: { data: { "text/plain": "3" }, execution_count: 7 },
  });
  collector.apply(cell, { msg_type: "error", content: { ename: "E", evalue: "v", traceback: ["t"] } });
  assert.deepEqual(cell.outputs, [
    { output_type: "execute_result", data: { "text/plain": "3" }, metadata: {}, execution_count: 7 },
    { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
  ]);
});

const terminal: [printed: string, shown: string][] = [
  ["10 %\r20 %\r100 %\n", "100 %\n"],
  ["long line\rshort\n", "shortline\n"],
  ["windows\r\nlines\r\n", "windows\nlines\n"],
  ["ab\b\bcd", "cd"],
  ["\b\bx", "x"],
  ["é🙂\b!", "é!"],
];

for (const [printed, shown] of terminal) {
  test(`settleStreams() shows ${JSON.stringify(printed)} as a terminal does`, () => {
    const cell = codeCell();
    const collector = new OutputCollector();
    for (const character of printed) {
      collector.apply(cell, stream("stdout", character));
    }
    settleStreams(cell);
    assert.deepEqual(texts(cell), [`stdout: ${shown}`]);
  });
}

test("OutputCollector refuses a stream that grows beyond what a notebook holds, and keeps what came before", () => {
  const cell = codeCell();
  const collector = new OutputCollector();
  const half = "x".repeat(128 * 2 ** 20);
  collector.apply(cell, stream("stdout", half));
  collector.apply(cell, stream("stdout", half));
  assert.throws(() => collector.apply(cell, stream("stdout", "x")), {
    name: "OutputLimitError",
    message: /256 MiB/,
  });
  assert.equal(texts(cell)[0]?.length, "stdout: ".length + 256 * 2 ** 20);
});

test("OutputCollector and WidgetState refuse data that nest so deep that a notebook with them could not be read again", () => {
  const nested = (levels: number) =>
    Array(levels)
      .fill(0)
      .reduce((inner) => ({ inner }), {});
  const refusal = { name: "OutputLimitError", message: /nest deeper/ };
  const cell = codeCell();
  const json = (value: unknown, msg_type = "display_data") => ({
    msg_type,
    content: { data: { "application/json": value }, metadata: {} },
  });
  const collector = new OutputCollector();
  collector.apply(cell, json(nested(450)));
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] };
  assert.deepEqual(parseNotebook(formatNotebook(notebook)).cells[0]?.source, cell.source);
  for (const type of ["display_data", "execute_result", "update_display_data"]) {
    assert.throws(() => collector.apply(cell, json(nested(500), type)), refusal);
    assert.throws(() => collector.apply(cell, json(nested(100_000), type)), refusal);
  }
  const state = {
    msg_type: "comm_msg",
    content: { comm_id: "c", data: { method: "update", state: { a: nested(500) } } },
  };
  assert.throws(() => new WidgetState().apply(state), refusal);
});
