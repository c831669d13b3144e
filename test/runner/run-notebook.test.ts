import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { before, describe, test } from "node:test";
import { type NotebookResult, type RunOptions, runNotebook } from "poolbook/runner";
import { type CellOf, kernels, writeNotebook } from "../helpers/notebook.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

before(usePythonEnvironment);

/** The same cells in the languages of both kernels. */
const cellsOf = {
  tslab: {
    print: (text: string) => `console.log(${JSON.stringify(text)})`,
    fail: "throw new RangeError('too far')",
    failure: { ename: "RangeError", evalue: "too far" },
    spin: "for (;;) ;",
    wait: "await new Promise(() => {})",
    exit: "console.log('last words'); process.exit(3)",
    kill: "process.kill(process.pid, 'SIGKILL')",
    value: "6 * 7",
    late: "setTimeout(() => console.log('late'), 300); undefined",
    pause: "await new Promise((resolve) => setTimeout(resolve, 1500))",
  },
  python3: {
    print: (text: string) => `print(${JSON.stringify(text)})`,
    fail: "raise IndexError('too far')",
    failure: { ename: "IndexError", evalue: "too far" },
    spin: "while True: pass",
    wait: "import time; time.sleep(3600)",
    exit: "print('last words', flush=True)\nimport os, sys, time; sys.stdout.flush(); time.sleep(0.5); os._exit(3)",
    kill: "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    value: "6 * 7",
    late: "import threading; threading.Timer(0.3, lambda: print('late')).start()",
    pause: "import time; time.sleep(1.5)",
  },
};

for (const kernel of ["tslab", "python3"] as const) {
  const cell = cellsOf[kernel];
  describe(`runNotebook() with ${kernel}`, () => {
    const runCells = async (
      t: Parameters<typeof temporaryFolder>[0],
      cells: CellOf[],
      options: RunOptions = {},
      metadata: object = {},
    ): Promise<NotebookResult> => {
      const file = writeNotebook(temporaryFolder(t), "n.ipynb", cells, {
        kernelspec: kernels[kernel],
        ...metadata,
      });
      return await runNotebook(file, options);
    };
    const statuses = ({ cells }: NotebookResult) => cells.map(({ status }) => status);

    test("gives every cell its status, its error, its time and its outputs", async (t) => {
      const result = await runCells(t, [cell.print("one"), "", cell.value, cell.fail, cell.print("never")]);
      assert.equal(result.status, "failed");
      assert.deepEqual(statuses(result), ["ok", "skipped", "ok", "failed", "not-run"]);
      const { ename, evalue, traceback } = result.cells[3]?.error ?? {};
      assert.deepEqual({ ename, evalue }, cell.failure);
      assert.ok(traceback && traceback.length > 0);
      assert.ok(result.duration > 0 && (result.cells[0]?.duration ?? 0) > 0);
      const outputs = result.notebook.cells.map(
        ({ outputs }) => outputs as { output_type: string; data?: object }[],
      );
      assert.deepEqual(outputs[0], [{ output_type: "stream", name: "stdout", text: "one\n" }]);
      assert.deepEqual(
        outputs[2]?.map(({ output_type }) => output_type),
        ["execute_result"],
      );
      assert.deepEqual(outputs[2]?.[0]?.data, { "text/plain": "42" });
      assert.deepEqual(outputs[4], []);
      const counts = result.notebook.cells.map(({ execution_count }) => execution_count);
      assert.deepEqual(counts, [1, null, 2, 3, null]);
    });

    test("honours skip-execution and raises-exception, also when the exception does not come", async (t) => {
      const result = await runCells(t, [
        { source: cell.fail, tags: ["skip-execution"] },
        { source: cell.fail, tags: ["raises-exception"] },
        cell.print("after it"),
        { source: cell.print("fine"), tags: ["raises-exception"] },
      ]);
      assert.deepEqual(statuses(result), ["skipped", "ok", "ok", "failed"]);
      assert.equal(result.cells[3]?.error?.ename, "MissingExceptionError");
      assert.equal(result.status, "failed");
    });

    test("goes on behind a failure when errors are allowed, and still says failed", async (t) => {
      const cells = [cell.fail, cell.print("after")];
      for (const result of [
        await runCells(t, cells, { allowErrors: true }),
        await runCells(t, cells, {}, { execution: { allow_errors: true } }),
      ]) {
        assert.deepEqual(statuses(result), ["failed", "ok"]);
        assert.equal(result.status, "failed");
      }
    });

    test("times a cell out by option and by the notebook's metadata; later cells are not run", async (t) => {
      for (const source of [cell.spin, cell.wait]) {
        const result = await runCells(t, [source, cell.print("never")], { cellTimeout: 1 });
        assert.deepEqual(statuses(result), ["timed-out", "not-run"]);
        assert.match(result.cells[0]?.error?.evalue ?? "", /longer than 1\.0 s/);
      }
      const result = await runCells(t, [cell.wait], {}, { execution: { timeout: 1 } });
      assert.deepEqual(statuses(result), ["timed-out"]);
    });

    test("gives all cells together a limit", async (t) => {
      const result = await runCells(t, [cell.print("one"), cell.wait, cell.print("never")], {
        notebookTimeout: 2,
      });
      assert.deepEqual(statuses(result), ["ok", "timed-out", "not-run"]);
    });

    test("notices at once that the kernel ended, and says how", async (t) => {
      const exited = await runCells(t, [cell.exit, cell.print("never")]);
      assert.deepEqual(statuses(exited), ["kernel-died", "not-run"]);
      assert.match(exited.kernelExit ?? "", /exited with code 3/);
      assert.match(JSON.stringify(exited.notebook.cells[0]?.outputs), /last words/);
      const killed = await runCells(t, [cell.kill]);
      assert.match(killed.kernelExit ?? "", /killed by SIGKILL/);
    });

    test("stops when its signal aborts: what ran is saved, and the rest is not run", async (t) => {
      const outputPath = path.join(temporaryFolder(t), "out.ipynb");
      const stop = new AbortController();
      const result = await runCells(t, [cell.print("one"), cell.wait, cell.print("never")], {
        outputPath,
        signal: stop.signal,
        onEvent: (event) => {
          if (event.type === "cell-started" && event.number === 2) {
            stop.abort();
          }
        },
      });
      assert.equal(result.status, "interrupted");
      assert.deepEqual(statuses(result), ["ok", "failed", "not-run"]);
      assert.deepEqual(JSON.parse(readFileSync(outputPath, "utf8")).cells[0].outputs[0].text, ["one\n"]);
    });

    test("runs a range of cells", async (t) => {
      const result = await runCells(t, [cell.fail, cell.print("two"), cell.fail], { from: 2, to: 2 });
      assert.deepEqual(statuses(result), ["skipped", "ok", "skipped"]);
    });

    test("loses no late output", async (t) => {
      const result = await runCells(t, [cell.late, cell.print("next"), cell.pause]);
      const texts = result.notebook.cells.map(({ outputs }) => JSON.stringify(outputs));
      assert.equal(texts.filter((text) => text.includes("late")).length, 1, texts.join());
      if (kernel === "tslab") {
        assert.match(texts[0] ?? "", /late/);
      }
    });

    test("runs in the notebook's folder, or in another one", async (t) => {
      const where = kernel === "tslab" ? "process.cwd()" : "import os; os.getcwd()";
      const here = await runCells(t, [where]);
      assert.match(JSON.stringify(here.notebook.cells[0]?.outputs), /poolbook-test-/);
      const there = await runCells(t, [where], { cwd: path.parse(process.cwd()).root });
      assert.match(JSON.stringify(there.notebook.cells[0]?.outputs), /"'\/'"/);
    });

    test("finds the kernel by its language when the notebook names none", async (t) => {
      const { language } = kernels[kernel];
      const result = await runCells(
        t,
        [cell.value],
        {},
        { kernelspec: undefined, language_info: { name: language } },
      );
      assert.equal(result.status, "ok");
    });

    test("delivers a hundred thousand lines, complete and in order", async (t) => {
      const source =
        kernel === "tslab"
          ? "for (let i = 0; i < 100_000; i++) console.log(i)"
          : "for i in range(100_000): print(i)";
      const result = await runCells(t, [source]);
      const outputs = result.notebook.cells[0]?.outputs as { text: string }[] | undefined;
      assert.equal(outputs?.[0]?.text, Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join(""));
    });
  });
}

test("runNotebook() with ipykernel updates displays across cells, clears outputs, and overwrites lines", async (t) => {
  const file = writeNotebook(
    temporaryFolder(t),
    "n.ipynb",
    [
      "from IPython.display import display, clear_output\nhandle = display('one', display_id=True)",
      "handle.update('two')",
      "print('gone'); clear_output(wait=True); print('kept')",
      "print('10 %', end='\\r'); print('100 %')",
      "input('name? ')",
    ],
    { kernelspec: kernels.python3 },
  );
  const { notebook, cells } = await runNotebook(file);
  const shown = notebook.cells.map(
    ({ outputs }) => outputs as { text?: string; data?: Record<string, string> }[],
  );
  assert.equal(shown[0]?.[0]?.data?.["text/plain"], "'two'");
  assert.deepEqual(shown[1], []);
  assert.equal(shown[2]?.[0]?.text, "kept\n");
  assert.equal(shown[3]?.[0]?.text, "100 %\n");
  assert.match(cells[4]?.error?.ename ?? "", /StdinNotImplementedError/);
});

test("runNotebook() with ipykernel ends without an error at sys.exit(), as papermill does, and with one at sys.exit(1)", async (t) => {
  const run = (exit: string) =>
    runNotebook(
      writeNotebook(temporaryFolder(t), "n.ipynb", [`import sys\n${exit}`, "print('never')"], {
        kernelspec: { name: "python" },
      }),
    );
  for (const [exit, status] of [
    ["sys.exit()", "ok"],
    ["sys.exit(0)", "ok"],
    ["sys.exit(1)", "failed"],
  ] as const) {
    const result = await run(exit);
    assert.deepEqual([result.status, result.cells[1]?.status], [status, "not-run"]);
  }
});

test("runNotebook() with ipykernel keeps the state of widgets", async (t) => {
  const source = [
    "from comm import create_comm",
    "state = {'_model_name': 'M', '_model_module': 'mod', '_model_module_version': '1', 'value': 1, 'pixels': None}",
    "comm = create_comm(target_name='jupyter.widget', data={'state': state, 'buffer_paths': [['pixels']]}, buffers=[b'abc'])",
    "comm.send({'method': 'update', 'state': {'value': 2}, 'buffer_paths': []})",
    "create_comm(target_name='another', data={})",
  ].join("\n");
  const { notebook } = await runNotebook(
    writeNotebook(temporaryFolder(t), "n.ipynb", [source], { kernelspec: kernels.python3 }),
  );
  const widgets = notebook.metadata.widgets as Record<string, { state: Record<string, unknown> }>;
  const models = Object.values(widgets["application/vnd.jupyter.widget-state+json"]?.state ?? {});
  assert.deepEqual(models, [
    {
      model_name: "M",
      model_module: "mod",
      model_module_version: "1",
      state: { value: 2, pixels: null },
      buffers: [{ path: ["pixels"], data: "YWJj", encoding: "base64" }],
    },
  ]);
});
