import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { skipWithoutChromium } from "../helpers/chromium.js";
import { JupyterLab } from "../helpers/jupyterlab.js";
import type { LabNotebook } from "../helpers/lab-notebook.js";
import { writeNotebook } from "../helpers/notebook.js";

describe("variables in JupyterLab", skipWithoutChromium, () => {
  let lab: JupyterLab;
  let notebook: LabNotebook;
  const errors: string[] = [];
  before(async () => {
    lab = await JupyterLab.start();
    writeNotebook(lab.folder, "variables.ipynb", [
      'const list = [1, { two: 2 }]; const word = "hello"; let count = 41; function twice(n: number) { return 2 * n; }',
      'const table = [{ name: "a", n: 1 }, { name: "b", n: 2 }]; count++; const pattern = /x/;',
    ]);
    notebook = await lab.open("variables.ipynb");
    notebook.page.on("pageerror", (error) => errors.push(error.message));
    await notebook.page.setViewportSize({ width: 1280, height: 900 });
    await notebook.page.locator(".jp-DebuggerBugButton").click();
    await notebook.page.locator('.jp-NotebookPanel[data-jp-debugger="true"]').waitFor();
    await notebook.page.locator('.lm-TabBar-tab[title^="Debugger"]').click();
  });
  after(() => lab?.stop());

  const panel = () => notebook.page.locator(".jp-DebuggerVariables");
  const variable = (name: string) =>
    panel().locator(".jp-DebuggerVariables-name").getByText(name, { exact: true });
  const picture = (name: string) =>
    notebook.page.screenshot({ path: path.join(lab.folder, "..", `variables-${name}.png`) });

  test("the debugger's panel lists them as cells run, and opens their members", async () => {
    await notebook.runAll(2);
    await variable("pattern").waitFor();
    await variable("list").click();
    await variable("1").waitFor();
    await picture("tree");
  });

  test("the table has names, types and values", async () => {
    await notebook.page.locator('[title="Table View"]').click();
    await panel().locator(".lm-DataGrid").first().waitFor();
    await picture("table");
  });

  test("a click beside a line sets no breakpoint, and nothing fails", async () => {
    await notebook.codeCell(0).locator(".cm-breakpoint-gutter .cm-gutterElement").last().click();
    await notebook.run(0);
    await notebook.hasRun(3);
    assert.equal(
      await notebook.page.locator(".jp-DebuggerBreakpoint, .cm-breakpoint-icon:visible").count(),
      0,
    );
    const pause = notebook.page.locator(".jp-PauseOnExceptions");
    assert.equal(await pause.getAttribute("aria-disabled"), "true");
    await picture("breakpoint");
    assert.deepEqual(errors, []);
  });
});
