import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { skipWithoutChromium } from "../helpers/chromium.js";
import { notebooks } from "../helpers/executed-notebook.js";
import { JupyterLab } from "../helpers/jupyterlab.js";
import type { LabNotebook } from "../helpers/lab-notebook.js";

const screenshots = path.resolve(import.meta.dirname, "../../screenshots");

/** Answers as a learner types them, the wrong one first, and what the check says of each. */
interface Attempt {
  readonly exercise: string;
  readonly wrong: string;
  readonly told: RegExp;
  readonly right: string;
}

const ways: Record<string, { theme: "Light" | "Dark"; before: string[]; attempts: Attempt[] }> = {
  "02-apply-async": {
    theme: "Light",
    before: ["async-imports", "async-function"],
    attempts: [
      {
        exercise: "allAtOnce",
        wrong: callsFor(1),
        told: /1 at most at the same time, on 1 worker\n.*Give the pool four workers/,
        right: callsFor(4),
      },
    ],
  },
  "04-exercise": {
    theme: "Dark",
    before: ["exercise-imports", "exercise-functions"],
    attempts: [
      {
        exercise: "predictions",
        wrong: "const guesses = [15, 7.5, 5, 5, 5];",
        told: /got: 7\.5 for 2 workers/,
        right: "const guesses = [15, 8, 6, 5, 5];",
      },
      {
        exercise: "rule",
        wrong: 'const answer = "turns";',
        told: /Who got it\?/,
        right: 'const answer = "free";',
      },
    ],
  },
};

describe("a learner's way", skipWithoutChromium, () => {
  let lab: JupyterLab;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    lab = await JupyterLab.start();
  });
  after(() => lab?.stop());

  for (const [chapter, { theme, before, attempts }] of Object.entries(ways)) {
    test(`${chapter}, ${theme.toLowerCase()}: no answer is there before it is asked for; wrong, hint, right, score, restart, score again`, async () => {
      const notebook = await lab.open(`${chapter}.ipynb`);
      const cell = (id: string) => codeIds(chapter).indexOf(id);
      assert.deepEqual(await shown(notebook), []);
      await notebook.choose("Settings", "Theme", `JupyterLab ${theme}`);
      for (const id of before) {
        await notebook.run(cell(id));
      }
      for (const { exercise, wrong, told, right } of attempts) {
        const [answer, check, hints] = ["exercise", "check", "hints"].map((part) =>
          cell(`${exercise}-${part}`),
        ) as [number, number, number];
        await notebook.run(answer);
        await runAndRead(notebook, check, /not attempted/);
        await notebook.write(answer, wrong);
        await notebook.run(answer);
        await runAndRead(notebook, check, told);
        await runAndRead(notebook, check, /not judged\n.*has not been run since the last check/);
        await notebook.write(hints, `hint("${exercise}", 2)`);
        await runAndRead(notebook, hints, /^Hint 2 of \d: /);
        await notebook.write(answer, right);
        await notebook.run(answer);
        await runAndRead(notebook, check, new RegExp(`✓ ${exercise}: passed`));
      }
      const score = codeIds(chapter).length - 1;
      await runAndRead(notebook, score, new RegExp(`^${attempts.length} of \\d passed in this notebook`));
      const seen = notebook.codeCell(cell(`${attempts.at(-1)?.exercise}-check`));
      await seen.screenshot({ path: path.join(screenshots, `learner-${chapter}.png`) });

      await notebook.restart();
      await notebook.run(cell(before[0] ?? ""));
      const text = await runAndRead(notebook, score, /passed in this notebook/);
      for (const { exercise } of attempts) {
        assert.ok(text.includes(`✓ ${exercise}: passed`), text);
      }
      await notebook.page.close();
    });
  }

  test("progress and answers are there when JupyterLab is started again", async () => {
    await lab.stop();
    lab = await JupyterLab.start(false);
    const notebook = await lab.open("00-pool-map.ipynb");
    await notebook.choose("Settings", "Theme", "JupyterLab Light");
    await notebook.run(codeIds("00-pool-map").indexOf("map-imports"));
    const last = codeIds("00-pool-map").length - 1;
    await notebook.write(last, "score()");
    const text = await runAndRead(
      notebook,
      last,
      /All chapters: 3 of \d+ passed\. Next: cubes in 00-pool-map/,
    );
    assert.match(text, /02-apply-async +1 of 1 +✓ allAtOnce/);
    await notebook.page.close();
  });
});

function callsFor(workers: number): string {
  return [
    `const tasks = await withPool(${workers}, async (pool) => {`,
    "const futures = [1, 2, 3, 4].map((x) => pool.applyAsync(slowSum, [0.3, x, x]));",
    "await Promise.all(futures.map((future) => future.get()));",
    "return pool.tasks; });",
  ].join(" ");
}

async function runAndRead(notebook: LabNotebook, index: number, expected: RegExp): Promise<string> {
  await notebook.run(index);
  const output = notebook.output(index);
  await output.filter({ hasText: expected }).waitFor();
  return await output.innerText();
}

async function shown(notebook: LabNotebook): Promise<string[]> {
  return (await notebook.outputs()).filter((text) => text.trim() !== "");
}

function codeIds(chapter: string): string[] {
  const { cells } = JSON.parse(readFileSync(path.join(notebooks, `${chapter}.ipynb`), "utf8"));
  return cells
    .filter((cell: { cell_type: string }) => cell.cell_type === "code")
    .map(({ id }: { id: string }) => id);
}
