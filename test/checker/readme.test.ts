import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ownWords } from "#dist/cli/options/peer-words.js";
import { normaliserNames } from "#dist/document/comparison/normalisers/normalisers.js";
import { kernels } from "../helpers/notebook.js";
import { stdout } from "../helpers/notebook-value.js";
import { type Finished, finished } from "../helpers/poolbook.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";
import { writeStored } from "../helpers/stored-notebook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

before(usePythonEnvironment);

const readme = readFileSync(path.resolve(import.meta.dirname, "../../../src/checker/README.md"), "utf8");
const bin = fileURLToPath(import.meta.resolve("#dist/cli/bin.js"));

test("README names every normaliser, in the order in which they are applied", () => {
  const table = readme.split("| normaliser |")[1]?.split("\n\n")[0] ?? "";
  assert.deepEqual(
    [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name),
    normaliserNames,
  );
});

/** The words of the table for those who come from elsewhere: what they wrote there, and what they write here. */
const rows = [...(readme.split("## Coming from")[1] ?? "").matchAll(/^\| (.+?) \| (.+?) \|/gm)].map(
  ([, there = "", here = ""]) => ({ there, here: /^`poolbook (.+)`$/.exec(here)?.[1] }),
);

async function inFolder(t: TestContext, line: string): Promise<Finished> {
  const folder = temporaryFolder(t);
  const cells = [
    { source: "x = 0", tags: ["parameters"] },
    { source: "print('same')", outputs: [stdout("same\n")] },
  ];
  writeStored(folder, "in.ipynb", cells, { kernelspec: kernels.python3 });
  const file = line.startsWith("check") ? "[a]\nregex: never\nreplace: x\n" : "x: 2\n";
  writeFileSync(path.join(folder, "file"), file);
  const names: Record<string, string> = { IN: "in.ipynb", OUT: "out.ipynb", FILE: "file", NAME: "python3" };
  const words = line
    .split(" ")
    .map((word) => word.replace(/\b(IN|OUT|FILE|NAME)$/, (name) => names[name] ?? name));
  return await finished(
    spawn(process.execPath, [bin, ...words], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }),
  );
}

test("README's commands for those who come from elsewhere do what they say", {
  concurrency: 2,
}, async (t) => {
  const lines = rows.flatMap(({ here }) => here ?? []);
  assert.ok(lines.length > 15);
  await Promise.all(
    lines.map((line) =>
      t.test(line, async (t) => {
        const { code, stdout, stderr } = await inFolder(t, line);
        assert.equal(code, 0, stdout + stderr);
        assert.ok(line.startsWith("diff") || line.startsWith("export") || stdout !== "");
      }),
    ),
  );
});

test("options of nbval and nbmake are understood as they stand", () => {
  const there = rows.flatMap(({ there }) => [...there.matchAll(/`(--(?:nbval|nbmake|overwrite)[^`]*)`/g)]);
  const told: string[] = [];
  const here = there.map(([, option = ""]) =>
    ownWords(option.split(" "), (line) => told.push(line)).join(" "),
  );
  assert.deepEqual(here, [
    "--nbval-sanitize-with FILE",
    "--kernel python3",
    "--kernel",
    "--cell-timeout 20",
    "--cell-timeout=20",
    "--kernel=NAME",
    "--inplace",
    "",
  ]);
  assert.deepEqual(told, [
    "--nbmake-find-import-errors is ignored: all cells are run, not their imports only",
  ]);
});
