import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { skipWithoutChromium } from "../helpers/chromium.js";
import { JupyterLab } from "../helpers/jupyterlab.js";
import type { LabNotebook } from "../helpers/lab-notebook.js";
import { writeNotebook } from "../helpers/notebook.js";

const spec = JSON.stringify({
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  width: 200,
  height: 60,
  data: {
    values: [
      { a: "x", b: 3 },
      { a: "y", b: 5 },
    ],
  },
  mark: "bar",
  encoding: { x: { field: "b", type: "quantitative" }, y: { field: "a", type: "nominal" } },
});

describe("displays in JupyterLab", skipWithoutChromium, () => {
  let lab: JupyterLab;
  let notebook: LabNotebook;
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the placeholders are those of the cells.
  const cells = {
    imports: `import { html, json, latex, md, svg } from "poolbook/display";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";`,
    table: '[{ name: "<b>one</b>", n: 1, note: "costs $1 or $2" }, { name: "two", n: 22.5, note: null }]',
    vega: spec,
    plot: "Plot.barY([1, 3, 2]).plot({ height: 100, width: 300, document: parseHTML('<html>').document })",
    html: "html`<p>An <em>emphasised</em> ${'<tag>'}</p>`",
    svg: 'svg`<svg width="60" height="20" xmlns="http://www.w3.org/2000/svg"><rect width="60" height="20" fill="teal"/></svg>`',
    markdown: "md`### A heading\n\n- a *list*`",
    latex: "latex`\\frac{a}{b}`",
    json: "json({ tree: { of: [1, 2] } })",
  };
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.
  const index = (name: keyof typeof cells) => Object.keys(cells).indexOf(name);
  const output = (name: keyof typeof cells) => notebook.output(index(name));
  const picture = async (name: string) =>
    notebook.page.screenshot({
      path: path.join(lab.folder, "..", `displays-${name}.png`),
      clip: { x: 280, y: 0, width: 1000, height: 1500 },
    });

  before(async () => {
    lab = await JupyterLab.start();
    writeNotebook(lab.folder, "displays.ipynb", Object.values(cells));
    notebook = await lab.open("displays.ipynb");
    await notebook.runAll(Object.keys(cells).length);
  });
  after(() => lab?.stop());

  test("an array of objects is a table, its texts as they are", async () => {
    const table = output("table").locator("table");
    await table.waitFor();
    const rows = (await table.innerText()).split("\n").map((row) => row.split("\t"));
    assert.deepEqual(rows, [
      ["", "name", "n", "note"],
      ["0", "<b>one</b>", "1", "costs $1 or $2"],
      ["1", "two", "22.5", "null"],
    ]);
  });

  test("a specification of Vega-Lite is drawn", async () => {
    await output("vega").locator("canvas, svg, img").first().waitFor();
    await output("vega").locator(".vega-embed, .jp-RenderedVegaCommon5").first().waitFor();
  });

  test("a plot, SVG, Markdown, HTML, a formula and a tree are what they are", async () => {
    await output("plot").locator("svg, img").first().waitFor();
    await output("svg").locator("svg, img").first().waitFor();
    await output("markdown").locator("h3", { hasText: "A heading" }).waitFor();
    await output("html").locator("em", { hasText: "emphasised" }).waitFor();
    assert.match(await output("html").innerText(), /<tag>/);
    await output("latex").locator("mjx-container, .MathJax").first().waitFor();
    await output("json").getByText("tree").first().waitFor();
  });

  test("they can be read in the light and in the dark", async () => {
    await picture("light");
    await notebook.choose("Settings", "Theme", "JupyterLab Dark");
    await notebook.page.locator('body[data-jp-theme-light="false"]').waitFor({ state: "attached" });
    await picture("dark");
  });
});
