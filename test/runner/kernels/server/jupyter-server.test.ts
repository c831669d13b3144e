import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { KernelStartError, runNotebook } from "poolbook/runner";
import { FlakyProxy } from "../../../helpers/flaky-proxy.js";
import { JupyterServer, token } from "../../../helpers/jupyter-server.js";
import { kernels, writeNotebook } from "../../../helpers/notebook.js";
import { poolbook } from "../../../helpers/poolbook.js";
import { usePythonEnvironment } from "../../../helpers/python-environment.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

describe("kernels behind a Jupyter server", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "poolbook-server-"));
  let server: JupyterServer;
  before(async () => {
    server = await JupyterServer.start(await usePythonEnvironment(), folder);
  });
  after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const options = () => ({ server: { url: server.url, token } });

  for (const kernel of ["tslab", "python3"] as const) {
    test(`runNotebook() runs ${kernel} there, and leaves no kernel`, async (t) => {
      const sources =
        kernel === "tslab" ? ["console.log('hi')", "throw new RangeError('x')"] : ["print('hi')", "1/0"];
      const file = writeNotebook(temporaryFolder(t), "n.ipynb", sources, { kernelspec: kernels[kernel] });
      const result = await runNotebook(file, options());
      assert.deepEqual(
        result.cells.map(({ status }) => status),
        ["ok", "failed"],
      );
      assert.match(JSON.stringify(result.notebook.cells[0]?.outputs), /hi/);
      assert.match(result.cells[1]?.error?.ename ?? "", /RangeError|ZeroDivisionError/);
      assert.deepEqual(await server.kernels(), []);
    });
  }

  test("the numbers that a kernel shows are saved as they are", async (t) => {
    const folder = temporaryFolder(t);
    const source =
      "from IPython.display import display\ndisplay({'application/json': {'big': 2**63-1, 'one': 1.0}}, raw=True)";
    const file = writeNotebook(folder, "n.ipynb", [source], { kernelspec: kernels.python3 });
    for (const [name, place] of [
      ["there.ipynb", options()],
      ["here.ipynb", {}],
    ] as const) {
      const outputPath = path.join(folder, name);
      await runNotebook(file, { ...place, outputPath });
      assert.match(readFileSync(outputPath, "utf8"), /"big": 9223372036854775807,\s*"one": 1\.0/);
    }
  });

  test("a kernel that dies there is noticed, and not run on after its restart", async (t) => {
    const file = writeNotebook(temporaryFolder(t), "n.ipynb", ["import os; os._exit(1)", "print('never')"], {
      kernelspec: kernels.python3,
    });
    const result = await runNotebook(file, options());
    assert.deepEqual(
      result.cells.map(({ status }) => status),
      ["kernel-died", "not-run"],
    );
    assert.match(result.kernelExit ?? "", /died on the server/);
  });

  test("a connection that is cut comes back, and nothing is lost", async (t) => {
    const proxy = await FlakyProxy.start(new URL(server.url));
    t.after(() => proxy.stop());
    const source = "import time\nfor i in range(30):\n    print(i, flush=True)\n    time.sleep(0.1)";
    const file = writeNotebook(temporaryFolder(t), "n.ipynb", [source], { kernelspec: kernels.python3 });
    let cuts = 0;
    const result = await runNotebook(file, {
      server: { url: proxy.url, token },
      onEvent: (event) => {
        if (event.type === "output" && cuts++ === 3) {
          proxy.cut();
        }
      },
    });
    assert.equal(result.status, "ok");
    const [output] = (result.notebook.cells[0]?.outputs ?? []) as { text: string }[];
    assert.equal(output?.text, Array.from({ length: 30 }, (_, i) => `${i}\n`).join(""));
  });

  test("a wrong token and a server that is not there are named; the token is shown nowhere", async (t) => {
    const file = writeNotebook(temporaryFolder(t), "n.ipynb", ["1"]);
    await assert.rejects(
      runNotebook(file, { server: { url: server.url, token: "wrong" } }),
      (error) =>
        error instanceof KernelStartError &&
        /refused with status 403: Forbidden \(is the token right, and may its owner start kernels\?\)/.test(
          error.message,
        ),
    );
    await assert.rejects(
      runNotebook(file, { server: { url: "http://127.0.0.1:9/", token } }),
      (error) => error instanceof KernelStartError && /cannot be reached/.test(error.message),
    );
    const output = path.join(temporaryFolder(t), "out.ipynb");
    const { code, stdout, stderr } = await poolbook(
      ["run", file, "--server-url", server.url, "--token-env", "SERVER_TOKEN", "-o", output, "--log-output"],
      { SERVER_TOKEN: token },
    );
    assert.equal(code, 0, stderr);
    assert.ok(
      ![stdout, stderr, readFileSync(output, "utf8"), server.log].some((text) => text.includes(token)),
    );
  });
});
