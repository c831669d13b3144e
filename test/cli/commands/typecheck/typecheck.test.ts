import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { kernels, writeNotebook } from "../../../helpers/notebook.js";
import { finished, poolbook, startPoolbook } from "../../../helpers/poolbook.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const bad = "const a: string = 1;";
const message = "error TS2322: Type 'number' is not assignable to type 'string'.";

test("typecheck exits 1 where there are errors, and shows each at its place", async (t) => {
  const folder = temporaryFolder(t);
  writeNotebook(folder, "good.ipynb", ["1"]);
  const file = writeNotebook(folder, "bad.ipynb", ["1", bad]);
  writeNotebook(folder, "python.ipynb", ["print(1)"], { kernelspec: kernels.python3 });
  const { code, stdout } = await poolbook(["typecheck", "--no-cache", folder]);
  assert.equal(code, 1);
  assert.match(stdout, /✓ .*good\.ipynb/);
  assert.match(stdout, /– .*python\.ipynb: its kernel is python3/);
  assert.ok(
    stdout.includes(`    ${file}:cell_2:1:7 - ${message}\n        ${bad}\n              ^\n`),
    stdout,
  );
  assert.match(stdout, /3 notebooks: 1 without type errors, 1 with type errors, 1 passed over\n$/);
});

test("typecheck exits 0 where all is well or passed over, and 2 where a notebook cannot be read", async (t) => {
  const folder = temporaryFolder(t);
  const good = writeNotebook(folder, "good.ipynb", [`// @errors: 2322\n${bad}`]);
  const python = writeNotebook(folder, "python.ipynb", ["print(1)"], { kernelspec: kernels.python3 });
  assert.equal((await poolbook(["typecheck", "--no-cache", good, python])).code, 0);
  writeFileSync(good, "{");
  const { code, stderr } = await poolbook(["typecheck", "--no-cache", good, python]);
  assert.equal(code, 2);
  assert.match(stderr, /✗ .*good\.ipynb: /);
});

test("typecheck tells of an imported file's errors once, and takes more than one thread", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, "util.ts"), "export const a: string = 1;\n");
  const cells = ["import { a } from './util.js'; a;"];
  writeNotebook(folder, "one.ipynb", cells);
  writeNotebook(folder, "two.ipynb", cells);
  for (const jobs of ["1", "2"]) {
    const { code, stdout } = await poolbook(["typecheck", "--no-cache", "-j", jobs, folder]);
    assert.equal(code, 1);
    assert.equal(stdout.split("TS2322").length - 1, 1, stdout);
    assert.match(stdout, /imports util\.ts, which has errors \(told above\)/);
  }
});

test("typecheck takes verdicts from earlier runs until something that they rest on changes", async (t) => {
  const folder = temporaryFolder(t);
  const env = { XDG_CACHE_HOME: path.join(folder, "cache") };
  const util = path.join(folder, "util.ts");
  writeFileSync(util, "export const a = 1;\n");
  const file = writeNotebook(folder, "a.ipynb", [
    "import { a } from './util.js';",
    "a.toFixed();\n[a][0].toFixed();",
  ]);
  const check = async () => (await poolbook(["typecheck", file], env)).code;
  assert.deepEqual([await check(), await check()], [0, 0]);
  writeFileSync(util, "export const a = 'changed';\n");
  assert.equal(await check(), 1);
  writeFileSync(util, "export const a = 2;\n");
  assert.equal(await check(), 0);
  const strict = { compilerOptions: { strict: true, noUncheckedIndexedAccess: true } };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(strict));
  assert.equal(await check(), 1);
});

test("typecheck takes a verdict from an earlier run, and a damaged cache for none", async (t) => {
  const folder = temporaryFolder(t);
  const env = { XDG_CACHE_HOME: path.join(folder, "cache") };
  const file = writeNotebook(folder, "a.ipynb", [bad]);
  const first = await poolbook(["typecheck", "--json", file], env);
  const types = path.join(folder, "cache", "poolbook", "types");
  const [name = ""] = readdirSync(types);
  const place = path.join(types, name);
  writeFileSync(place, readFileSync(place, "utf8").replaceAll("to type 'string'", "to type 'kept'"));
  const second = await poolbook(["typecheck", "--json", file], env);
  assert.match(second.stdout, /to type 'kept'/);
  writeFileSync(place, "{");
  const third = await poolbook(["typecheck", "--json", file], env);
  const withoutTimes = (text: string) => text.replace(/"duration": .*/g, "");
  assert.equal(withoutTimes(third.stdout), withoutTimes(first.stdout));
});

test("typecheck --emit writes each notebook as one .ts with the declarations of its cells", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeNotebook(folder, "a.ipynb", ["const a = [1];", "a.length"]);
  await poolbook(["typecheck", "--emit", path.join(folder, "out"), file]);
  assert.equal(
    readFileSync(path.join(folder, "out", "a.ts"), "utf8"),
    `// ${file}:cell_1 (cell-1)
const a = [1];
// declares:
//   declare const a: number[];

// ${file}:cell_2 (cell-2)
a.length

export {};
`,
  );
});

test("typecheck reports to JUnit, and as annotations on GitHub", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeNotebook(folder, "a.ipynb", ["1", bad]);
  const junit = path.join(folder, "junit.xml");
  const { stdout } = await poolbook(["typecheck", "--junit", junit, file], { GITHUB_ACTIONS: "true" });
  assert.ok(
    stdout.includes(`::error file=${file},title=cell 2 (cell-2)::${file}:cell_2:1:7 - ${message}`),
    stdout,
  );
  const xml = readFileSync(junit, "utf8");
  assert.match(xml, /<testsuites name="poolbook typecheck" tests="2" failures="1" errors="0"/);
});

test("typecheck --watch checks again what is saved, and what rests on it, until Ctrl-C", async (t) => {
  const folder = temporaryFolder(t);
  const util = path.join(folder, "util.ts");
  writeFileSync(util, "export const a = 1;\n");
  writeNotebook(folder, "a.ipynb", [bad]);
  writeNotebook(folder, "b.ipynb", ["import { a } from './util.js';\na.toFixed();"]);
  const child = startPoolbook(["typecheck", "--watch", folder]);
  const end = finished(child);
  const shown = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      let text = "";
      child.stdout?.on("data", (more: string) => {
        text += more;
        if (pattern.test(text)) {
          resolve();
        }
      });
    });
  const saving = async (save: () => void, pattern: RegExp): Promise<void> => {
    const told = shown(pattern);
    save();
    await told;
  };
  const tsconfig = path.join(folder, "tsconfig.json");
  await shown(/✗ .*a\.ipynb[\s\S]*✓ .*b\.ipynb[\s\S]*Watching 2 notebooks; Ctrl-C ends/);
  await saving(() => writeNotebook(folder, "a.ipynb", ["const f = (x) => x;"]), /✓ .*a\.ipynb/);
  await saving(() => writeFileSync(util, "export const a = 'one';\n"), /✓ .*a\.ipynb[\s\S]*✗ .*b\.ipynb/);
  await saving(() => writeFileSync(util, "export const a = 2;\n"), /✓ .*b\.ipynb/);
  await saving(() => writeFileSync(tsconfig, '{ "compilerOptions": { "strict": true } }'), /✗ .*a\.ipynb/);
  child.kill("SIGINT");
  assert.equal((await end).code, 130);
});
