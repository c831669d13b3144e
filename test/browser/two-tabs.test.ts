import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { skipWithoutChromium } from "../helpers/chromium.js";
import { JupyterLab } from "../helpers/jupyterlab.js";
import type { LabNotebook } from "../helpers/lab-notebook.js";
import { writeNotebook } from "../helpers/notebook.js";

const lines = 200;

/** Prints lines that begin with `name`, and lets others have their turn in between. */
const printing = (name: string) => `for (let i = 0; i < ${lines}; i++) {
  console.log("${name}", i);
  if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}`;

describe("two tabs of a browser on one kernel", skipWithoutChromium, () => {
  let lab: JupyterLab;
  before(async () => {
    lab = await JupyterLab.start();
    writeNotebook(lab.folder, "two.ipynb", [printing("A"), printing("B"), "process.pid"]);
  });
  after(() => lab?.stop());

  test("each shows all of its own cell's lines, in order, and none of the other's", async () => {
    const tabs = [await lab.open("two.ipynb"), await lab.open("two.ipynb")];
    await Promise.all(tabs.map((tab, index) => tab.run(index)));
    const shown = await Promise.all(
      tabs.map((tab, index) => linesOf(tab, index, `${index === 0 ? "A" : "B"} ${lines - 1}`)),
    );
    for (const [index, name] of ["A", "B"].entries()) {
      assert.deepEqual(
        shown[index],
        Array.from({ length: lines }, (_, i) => `${name} ${i}`),
      );
    }
    const pids = await Promise.all(tabs.map((tab) => pidOf(tab)));
    assert.equal(pids[0], pids[1]);
  });
});

/** The lines below a cell, once `last` is among them. */
async function linesOf(tab: LabNotebook, index: number, last: string): Promise<string[]> {
  const outputs = tab.codeCell(index).locator(".jp-OutputArea-output");
  await outputs.filter({ hasText: last }).first().waitFor();
  return (await outputs.allInnerTexts()).join("").trim().split("\n");
}

async function pidOf(tab: LabNotebook): Promise<string> {
  await tab.run(2);
  const output = tab.codeCell(2).locator(".jp-OutputArea-output");
  await output.first().waitFor();
  return await output.first().innerText();
}
