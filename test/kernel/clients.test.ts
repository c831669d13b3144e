import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createJupyterData, type JupyterData } from "../helpers/jupyter-data.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";

const run = promisify(execFile);
const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../test/fixtures/kernel/${name}`, import.meta.url));

interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

describe("Jupyter's own programs", { timeout: 600_000 }, () => {
  let jupyter: JupyterData;
  let environment: string;
  before(async () => {
    environment = await usePythonEnvironment();
    jupyter = await createJupyterData();
  });
  after(() => jupyter.remove());

  const python = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> =>
    run(join(environment, "bin", "python"), args, {
      env: { ...jupyter.env, ...env },
      cwd: jupyter.folder,
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
    );

  test("jupyter_kernel_test passes with every test that has a sample", async () => {
    const { code, stderr } = await python([fixture("protocol_test.py")], { KERNEL: "tslab" });
    assert.equal(code, 0, stderr);
    const passed = stderr.match(/^test_\w+ .*\.\.\. ok$/gm) ?? [];
    assert.equal(passed.length, 12, stderr);
  });

  test("nbclient stops at a failing cell and names error, cell and line", async () => {
    const { code, stdout, stderr } = await python([
      fixture("run_nbclient.py"),
      fixture("failing.ipynb"),
      "tslab",
    ]);
    assert.equal(code, 0, stderr);
    const { error, cells } = JSON.parse(stdout);
    assert.deepEqual([error.ename, error.evalue], ["RangeError", "too much: 2"]);
    assert.match(error.text, /at check \(cell\[3\]\.ts:/);
    assert.equal(cells[0].outputs[0].text, "hello\n");
    assert.equal(cells[1].outputs[0].data["text/plain"], "5");
    const types = cells[2].outputs.map((output: { output_type: string }) => output.output_type);
    assert.deepEqual(types, ["error"]);
    assert.deepEqual(cells[3].outputs, []);
  });

  test("papermill exits with 1, shows the traceback and keeps it in the notebook", async () => {
    const output = join(jupyter.folder, "out.ipynb");
    const { code, stderr } = await python([
      "-m",
      "papermill",
      "-k",
      "tslab",
      fixture("failing.ipynb"),
      output,
    ]);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /RangeError.*too much: 2/);
    assert.match(stderr, /at check \(cell\[3\]\.ts:/);
    const { cells } = JSON.parse(await readFile(output, "utf8"));
    const failed = cells.find((cell: { outputs?: { output_type: string }[] }) =>
      cell.outputs?.some(({ output_type }) => output_type === "error"),
    );
    assert.match(failed.source.join(""), /check\(2\)/);
    assert.ok(!JSON.stringify(cells).includes("never reached\\n"));
  });
});
