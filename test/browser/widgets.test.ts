import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { skipWithoutChromium } from "../helpers/chromium.js";
import { JupyterLab } from "../helpers/jupyterlab.js";
import type { LabNotebook } from "../helpers/lab-notebook.js";
import { writeNotebook } from "../helpers/notebook.js";

const counter = `export default { render({ model, el }) {
  const button = document.createElement("button");
  button.className = "counter";
  const show = () => { button.textContent = "clicked " + model.get("value") + ", " + model.get("bytes").getUint8(1); };
  button.onclick = () => {
    model.set("value", model.get("value") + 1);
    model.save_changes();
  };
  model.on("change:value", show);
  show();
  el.append(button);
} }`;

describe("widgets in JupyterLab", skipWithoutChromium, () => {
  let lab: JupyterLab;
  let notebook: LabNotebook;
  const cells = {
    imports: 'import { button, interact, progress, slider, widget } from "poolbook/display";',
    slider: 'const n = slider({ min: 1, max: 10, value: 5, description: "n" });\nn',
    again: "n",
    value: "n.value",
    set: "n.value = 9;",
    throws: 'n.observe(({ new: value }) => { throw new RangeError("no " + value); }, "value");',
    counter: `const counter = widget({ esm: ${JSON.stringify(counter)}, css: ".counter { color: rgb(1, 2, 3); }", value: 0, bytes: new Uint8Array([4, 5]) });\ncounter`,
    counted: "counter.value",
    interact: "interact(({ x, isLoud }) => (isLoud ? x * x + '!' : x * x), { x: [1, 9], isLoud: false });",
    press:
      'const press = button({ description: "Press" });\npress.onClick(() => console.log("pressed"));\npress',
    progress: 'let sum = 0;\nfor (const x of progress([1, 2, 3], { description: "adding" })) sum += x;',
  };
  const index = (name: keyof typeof cells) => Object.keys(cells).indexOf(name);
  const output = (name: keyof typeof cells) => notebook.output(index(name));
  const handle = (name: keyof typeof cells) => output(name).locator(".noUi-handle");
  const shown = async (name: keyof typeof cells, text: string | RegExp) =>
    output(name).getByText(text, { exact: true }).first().waitFor();
  const rerun = async (name: keyof typeof cells, text: string) => {
    await notebook.run(index(name));
    await shown(name, text);
  };
  const picture = async (name: string) =>
    notebook.page.screenshot({
      path: path.join(lab.folder, "..", `widgets-${name}.png`),
      clip: { x: 0, y: 0, width: 1280, height: 1500 },
    });

  before(async () => {
    lab = await JupyterLab.start();
    writeNotebook(lab.folder, "widgets.ipynb", Object.values(cells));
    notebook = await lab.open("widgets.ipynb");
    await notebook.runAll(Object.keys(cells).length);
  });
  after(() => lab?.stop());

  test("a slider that is moved changes the number in the kernel, and its other view", async () => {
    await handle("slider").waitFor();
    await handle("again").waitFor();
    await picture("first");
    await handle("slider").focus();
    await notebook.page.keyboard.press("ArrowLeft");
    await output("again").locator(".widget-readout", { hasText: "8" }).waitFor();
    await rerun("value", "8");
  });

  test("an observer that throws shows its error below its cell, and the slider goes on", async () => {
    await output("throws").getByText("RangeError: no 8").first().waitFor();
    await handle("again").focus();
    await notebook.page.keyboard.press("ArrowLeft");
    await output("slider").locator(".widget-readout", { hasText: "7" }).waitFor();
    await rerun("value", "7");
  });

  test("a value that the kernel sets is shown in both views", async () => {
    await notebook.run(index("set"));
    for (const name of ["slider", "again"] as const) {
      await output(name).locator(".widget-readout", { hasText: "9" }).waitFor();
    }
  });

  test("a widget of one's own travels both ways, with bytes and its style sheet", async () => {
    const pressed = output("counter").locator("button.counter");
    await pressed.waitFor();
    assert.equal(await pressed.innerText(), "clicked 0, 5");
    await pressed.click();
    await output("counter").getByText("clicked 1, 5").waitFor();
    assert.equal(
      await notebook.page.evaluate("getComputedStyle(document.querySelector('button.counter')).color"),
      "rgb(1, 2, 3)",
    );
    await rerun("counted", "1");
  });

  test("interact() shows the value for what its controls say", async () => {
    await shown("interact", "25");
    await handle("interact").focus();
    await notebook.page.keyboard.press("ArrowRight");
    await shown("interact", "36");
    await output("interact").locator("input[type=checkbox]").check();
    await shown("interact", "'36!'");
  });

  test("button() calls its handler, progress() shows a bar that is full", async () => {
    await output("press").getByRole("button", { name: "Press" }).click();
    await output("press").getByText("pressed").waitFor();
    await shown("progress", "3 of 3");
    assert.equal(await output("progress").locator(".progress-bar-success").count(), 1);
    await picture("last");
  });

  test("a page that is loaded again finds the widgets of the living kernel", async () => {
    await notebook.choose("File", "Save Notebook");
    notebook = await lab.open("widgets.ipynb");
    await output("slider").locator(".widget-readout", { hasText: "9" }).waitFor();
    await output("counter").getByText("clicked 1, 5").waitFor();
    await handle("slider").focus();
    await notebook.page.keyboard.press("ArrowLeft");
    await output("again").locator(".widget-readout", { hasText: "8" }).waitFor();
    await rerun("value", "8");
  });

  test("after a restart the cells make new widgets", async () => {
    await notebook.restart();
    await notebook.runAll(Object.keys(cells).length);
    await handle("slider").focus();
    await notebook.page.keyboard.press("ArrowLeft");
    await rerun("value", "8");
  });

  test("what is stored has the view and its text", () => {
    const stored = readFileSync(path.join(lab.folder, "widgets.ipynb"), "utf8");
    assert.match(stored, /application\/vnd\.jupyter\.widget-view\+json/);
    assert.match(stored, /IntSlider \{ description: 'n', value: 5, min: 1, max: 10 \}/);
  });

  test("a notebook that the runner saved shows its widgets before any of its cells has run", async () => {
    const stored = path.resolve(import.meta.dirname, "../../../test/kernel/public/widgets.ipynb");
    copyFileSync(stored, path.join(lab.folder, "saved.ipynb"));
    const saved = await lab.open("saved.ipynb");
    await saved.page.keyboard.press("Control+Shift+C");
    await saved.page.locator(".lm-CommandPalette-input").fill("Trust Notebook");
    await saved.page.locator(".lm-CommandPalette-item", { hasText: "Trust Notebook" }).first().click();
    await saved.page.locator(".jp-Dialog button", { hasText: "Trust" }).click();
    await saved.choose("File", "Save Notebook");
    await saved.page.reload();
    await saved.output(1).locator(".widget-readout", { hasText: "7" }).waitFor();
    await saved.output(4).getByText("2 1", { exact: true }).waitFor();
    await saved.page.screenshot({
      path: path.join(lab.folder, "..", "widgets-saved.png"),
      clip: { x: 0, y: 0, width: 1280, height: 1500 },
    });
  });
});
