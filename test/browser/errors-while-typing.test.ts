import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { skipWithoutChromium } from "../helpers/chromium.js";
import { JupyterLab } from "../helpers/jupyterlab.js";
import type { LabNotebook } from "../helpers/lab-notebook.js";
import { kernels, writeNotebook } from "../helpers/notebook.js";

describe("errors while typing in JupyterLab", skipWithoutChromium, () => {
  let lab: JupyterLab;
  let notebook: LabNotebook;
  const redLines = (index: number) => notebook.codeCell(index).locator(".cm-lintRange-error");

  before(async () => {
    lab = await JupyterLab.start();
    writeNotebook(lab.folder, "typing.ipynb", [
      "const count = 1;",
      "function twice(n: number): number { return 2 * n; }",
      "twice(1)",
      "1 + 1",
      "count.toFixed()",
      "for (;;) await new Promise((resolve) => setTimeout(resolve, 10));",
    ]);
    notebook = await lab.open("typing.ipynb");
  });
  after(() => lab?.stop());

  test("a wrong argument gets a red line with its message, and loses it when it is mended", async () => {
    await notebook.write(2, 'twice("one")');
    await redLines(2).waitFor();
    assert.equal(await redLines(2).innerText(), '"one"');
    await redLines(2).hover();
    const message = notebook.page.locator(".cm-tooltip-lint", { hasText: "Argument of type 'string'" });
    await message.waitFor();
    if (process.env.SCREENSHOTS) {
      await notebook.page.screenshot({
        path: `${process.env.SCREENSHOTS}/error.png`,
        clip: { x: 0, y: 0, width: 1280, height: 700 },
      });
    }
    await notebook.write(2, "twice(1)");
    await redLines(2).waitFor({ state: "detached" });
  });

  test("a name that is changed in the first cell makes the fifth red", async () => {
    await notebook.write(0, "const number = 1;");
    await redLines(4).waitFor();
    assert.equal(await redLines(4).innerText(), "count");
    await notebook.write(0, "const count = 1;");
    await redLines(4).waitFor({ state: "detached" });
  });

  test("a running cell keeps no error waiting, and goes on running", async () => {
    await notebook.run(5);
    const busy = notebook.page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]');
    await busy.waitFor();
    await notebook.write(3, "twice(true)");
    await redLines(3).waitFor();
    assert.equal(await busy.count(), 1);
    await notebook.choose("Kernel", "Interrupt Kernel");
    await notebook.output(5).getByText("KeyboardInterrupt").waitFor();
  });

  test("the mouse over a name shows its type, and a parenthesis the parameters", async () => {
    await notebook.write(3, "twice(1)");
    await notebook
      .codeCell(3)
      .locator(".cm-line")
      .hover({ position: { x: 12, y: 8 } });
    const shown = notebook.page.locator(".poolbook-hover");
    await shown.filter({ hasText: "function twice(n: number): number" }).waitFor();
    await notebook.page.mouse.move(0, 0);
    await shown.waitFor({ state: "detached" });
    await notebook.write(3, "twice");
    await notebook.type(3, "(");
    await shown.filter({ hasText: /^twice\(n: number\): number$/ }).waitFor();
    if (process.env.SCREENSHOTS) {
      await notebook.page.screenshot({
        path: `${process.env.SCREENSHOTS}/signature.png`,
        clip: { x: 0, y: 0, width: 1280, height: 700 },
      });
    }
  });

  test("one setting switches them off, and on again", async () => {
    await notebook.write(3, "twice(false)");
    await redLines(3).waitFor();
    await notebook.choose("Settings", "Settings Editor");
    const { page } = notebook;
    await page.locator(".jp-PluginList-entry", { hasText: "TypeScript in notebooks" }).click();
    const switched = page.getByLabel("Errors while typing");
    await switched.uncheck();
    await page.locator(".lm-TabBar-tabLabel", { hasText: "typing.ipynb" }).click();
    await redLines(3).waitFor({ state: "detached" });
    await page.locator(".lm-TabBar-tabLabel", { hasText: "Settings" }).click();
    await switched.check();
    await page.locator(".lm-TabBar-tabLabel", { hasText: "typing.ipynb" }).click();
    await redLines(3).waitFor();
  });

  test("a kernel of another language is asked nothing, and gets no red lines", async () => {
    const metadata = { kernelspec: kernels.python3, language_info: { name: "python" } };
    writeNotebook(lab.folder, "python.ipynb", ["x: int = 'one'", ""], metadata);
    const python = await lab.open("python.ipynb");
    const sent: string[] = [];
    python.page.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => sent.push(payload.toString()));
    });
    await python.page.reload();
    await python.page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
    await python.write(0, "x.nothing(");
    // Longer than the pause after which the cells would be checked.
    await python.write(1, "import time; time.sleep(2); print('slept')");
    await python.run(1);
    await python.output(1).getByText("slept", { exact: true }).waitFor();
    assert.ok(sent.some((frame) => frame.includes("execute_request")));
    assert.ok(!sent.some((frame) => frame.includes("poolbook_language_request")));
    assert.equal(await python.page.locator(".cm-lintRange").count(), 0);
  });
});
