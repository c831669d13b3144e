import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { courseNotebooks } from "../helpers/executed-notebook.js";
import { JupyterLab } from "../helpers/jupyterlab.js";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const SCREENSHOTS = path.join(ROOT, ".build", "screenshots");
const CHROMIUM = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (file) => file !== undefined && existsSync(file),
);

describe("the course in JupyterLab", { skip: CHROMIUM === undefined && "Chromium is not installed" }, () => {
  let lab: JupyterLab;
  before(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    lab = await JupyterLab.start(CHROMIUM ?? "");
  });
  after(() => lab?.stop());

  for (const name of courseNotebooks()) {
    test(`${name}: opens with its kernel, and Run All runs every cell`, async () => {
      const { cells } = JSON.parse(readFileSync(path.join(ROOT, "notebooks", name), "utf8"));
      const count = cells.filter((cell: { cell_type: string }) => cell.cell_type === "code").length;
      const notebook = await lab.open(name);
      assert.equal(await notebook.kernelName(), "TypeScript (tslab)");
      await notebook.runAll(count);
      await notebook.page.screenshot({
        path: path.join(SCREENSHOTS, `${path.basename(name, ".ipynb")}.png`),
      });
      const shown = (await notebook.outputs()).join("\n");
      assert.match(shown, /Worker \d+ is waking up/);
      assert.match(shown, /Result (one )?is 13/);
      assert.doesNotMatch(shown, /Error/);
      await notebook.page.close();
    });
  }
});
