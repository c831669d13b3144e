import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { skipWithoutChromium } from "../helpers/chromium.js";
import { JupyterLab } from "../helpers/jupyterlab.js";
import type { LabNotebook } from "../helpers/lab-notebook.js";
import { ProcessMark } from "../helpers/marked-processes.js";
import { writeNotebook } from "../helpers/notebook.js";

describe("working in JupyterLab", skipWithoutChromium, () => {
  let lab: JupyterLab;
  let notebook: LabNotebook;
  const mark = new ProcessMark();
  const cells = {
    imports: 'import { Pool, sleep, withPool } from "poolbook";\nconst pool: Pool = new Pool(1);',
    apply: "pool.apply",
    long: 'console.log("started");\nawait withPool(2, (pool) => Promise.all([1, 2].map(() => pool.apply(sleep, [600]))));',
    short: "console.log(await withPool(2, (pool) => pool.map((x: number) => 2 * x, [1, 2, 3])));",
    fail: 'function fail(): never {\n  throw new RangeError("Too far");\n}\nfail();',
  };
  const index = (name: keyof typeof cells) => Object.keys(cells).indexOf(name);

  before(async () => {
    Object.assign(process.env, mark.env);
    lab = await JupyterLab.start();
    writeNotebook(lab.folder, "working.ipynb", Object.values(cells));
    notebook = await lab.open("working.ipynb");
  });
  after(() => lab?.stop());

  test("Tab completes the methods of a pool", async () => {
    await notebook.run(index("imports"));
    await notebook.hasRun(1);
    await notebook.type(index("apply"), "A");
    const completer = notebook.page.locator(".jp-Completer", { hasText: "applyAsync" });
    const completed = notebook.codeCell(index("apply")).locator(".cm-content", { hasText: "applyAsync" });
    await notebook.complete(completer.or(completed).first());
    await notebook.page.keyboard.press("Escape");
  });

  test("Shift-Tab shows the signature of a method, and what it does", async () => {
    const source = notebook.codeCell(index("apply")).locator(".cm-content");
    await source.click();
    await notebook.page.keyboard.press("Control+a");
    await notebook.page.keyboard.type("pool.apply");
    await notebook.page.keyboard.press("Shift+Tab");
    const tooltip = notebook.page.locator(".jp-Tooltip", { hasText: "in one worker" });
    await tooltip.waitFor();
    assert.match(await tooltip.innerText(), /\(method\) Pool\.apply</);
    await notebook.page.keyboard.press("Escape");
  });

  test("a cell is interrupted while its tasks run, and the next one runs", async () => {
    await notebook.run(index("long"));
    await notebook.output(index("long")).getByText("started").waitFor();
    await notebook.choose("Kernel", "Interrupt Kernel");
    await notebook.output(index("long")).getByText("KeyboardInterrupt").waitFor();
    await notebook.run(index("short"));
    await notebook.output(index("short")).getByText("[ 2, 4, 6 ]").waitFor();
  });

  test("an error is shown with its place in the cell", async () => {
    await notebook.run(index("fail"));
    const output = notebook.output(index("fail"));
    await output.getByText("RangeError: Too far").waitFor();
    const text = await output.innerText();
    assert.match(text, /RangeError: Too far/);
    assert.match(text, /at fail \(.*:2:9\)/);
  });

  test("Restart and Run All starts again from nothing, up to the cell that fails", async () => {
    await notebook.codeCell(index("long")).locator(".cm-content").click();
    await notebook.page.keyboard.press("Control+a");
    await notebook.page.keyboard.type('console.log("short now");');
    await notebook.choose("Kernel", "Restart Kernel and Run All Cells…");
    await notebook.page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
    await notebook.hasRun(Object.keys(cells).length);
    assert.match(await notebook.output(index("long")).innerText(), /short now/);
    assert.match(await notebook.output(index("fail")).innerText(), /RangeError: Too far/);
  });

  test("no kernel and no worker outlives JupyterLab", async () => {
    await lab.stop();
    assert.deepEqual(await mark.livingAfter(10), []);
  });
});
