import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { skipWithoutChromium } from "../helpers/chromium.js";
import { courseNotebooks, notebooks } from "../helpers/executed-notebook.js";
import { JupyterLab } from "../helpers/jupyterlab.js";
import type { LabNotebook } from "../helpers/lab-notebook.js";

const screenshots = path.resolve(import.meta.dirname, "../../screenshots");

describe("the course in JupyterLab", { ...skipWithoutChromium, concurrency: 3, timeout: 600_000 }, () => {
  let lab: JupyterLab;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    lab = await JupyterLab.start();
  });
  after(() => lab?.stop());

  for (const name of courseNotebooks()) {
    test(`${name}: opens with its kernel, and Run All runs every cell`, async () => {
      const notebook = await lab.open(name);
      assert.equal(await notebook.kernelName(), "TypeScript (tslab)");
      assert.equal(
        await notebook.codeCell(0).locator(".cm-content").getAttribute("data-language"),
        "typescript",
      );
      const isWatched = name === "03-futures.ipynb";
      const texts = isWatched ? watchedTexts(notebook, indexOf(name, "futures-settled")) : undefined;
      await notebook.runAll(codeIds(name).length);
      if (texts) {
        assertLive(await texts());
      }

      const outputs = await notebook.outputs();
      assert.equal(outputs.length, codeIds(name).length);
      const shown = outputs.join("\n");
      assert.match(shown, /○ \w+: not attempted/);
      assert.match(shown, /All chapters: \d+ of \d+ passed\. Next: \w+ in \d\d-/);
      assert.doesNotMatch(shown, /Error: .*\n +at /);
      assert.equal(
        await notebook.page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count(),
        failingCells(name),
      );
      if (name === "04-exercise.ipynb") {
        await assertPictures(notebook, 3);
      }
      await notebook.page.close();
    });
  }

  /** Asserts that so many timelines are seen; keeps the first as a picture in both themes. */
  async function assertPictures(notebook: LabNotebook, count: number): Promise<void> {
    const pictures = notebook.page.locator(".poolbook-timeline > svg");
    assert.equal(await pictures.count(), count);
    for (const theme of ["Dark", "Light"]) {
      await notebook.choose("Settings", "Theme", `JupyterLab ${theme}`);
      await notebook.page
        .locator(`body[data-jp-theme-name="JupyterLab ${theme}"]`)
        .waitFor({ state: "attached" });
      await pictures.first().waitFor({ state: "visible" });
      const box = await pictures.first().boundingBox();
      assert.ok(box && box.width > 500 && box.height > 150, JSON.stringify(box));
      const bar = pictures.first().locator(".task").nth(3);
      await bar.locator("rect").hover();
      await bar.locator(".facts").waitFor({ state: "visible" });
      assert.match((await bar.getAttribute("aria-label")) ?? "", /^task 3 slowDiff: worker \d, waited/);
      const cell = notebook.page
        .locator(".jp-CodeCell", { has: notebook.page.locator(".poolbook-timeline") })
        .first();
      await cell.screenshot({ path: path.join(screenshots, `timeline-${theme.toLowerCase()}.png`) });
    }
  }
});

/** Collects every text that the output of a cell has had, until it is asked for them. */
function watchedTexts(notebook: LabNotebook, index: number): () => Promise<Set<string>> {
  const texts = new Set<string>();
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const [first = ""] = (await notebook.output(index).innerText())
        .split("\n")
        .filter((line) => line !== "");
      texts.add(first);
      await notebook.page.waitForTimeout(200);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return texts;
  };
}

function assertLive(texts: Set<string>): void {
  const states = [...texts].filter((text) => text.startsWith("task 0"));
  assert.ok(states.length >= 4, [...texts].join("\n"));
  assert.equal(states[0]?.match(/✓/g), null);
  assert.equal(states.at(-1)?.match(/✓/g)?.length, 5);
}

interface Cell {
  readonly cell_type: string;
  readonly id: string;
  readonly metadata: { readonly tags?: readonly string[] };
}

function codeCells(name: string): Cell[] {
  const { cells } = JSON.parse(readFileSync(path.join(notebooks, name), "utf8"));
  return cells.filter((cell: Cell) => cell.cell_type === "code");
}

function codeIds(name: string): string[] {
  return codeCells(name).map(({ id }) => id);
}

/** The cells whose error is what they show. */
function failingCells(name: string): number {
  return codeCells(name).filter(({ metadata }) => metadata.tags?.includes("raises-exception")).length;
}

function indexOf(name: string, id: string): number {
  const index = codeIds(name).indexOf(id);
  assert.notEqual(index, -1);
  return index;
}
