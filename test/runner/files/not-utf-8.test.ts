import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { writeNotebook } from "../../helpers/notebook.js";
import { finished, poolbook, startPoolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const inLatin1 = (file: string) => {
  const bytes = Buffer.from(readFileSync(file, "utf8"), "latin1");
  writeFileSync(file, bytes);
  return bytes;
};

test("run refuses a notebook that is not UTF-8, by name and from stdin, and leaves it as it is", async (t) => {
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", ["1 // café"]);
  const bytes = inLatin1(file);
  const { code, stderr } = await poolbook(["run", "--inplace", file]);
  assert.notEqual(code, 0);
  assert.match(stderr, /n\.ipynb: not UTF-8/);
  assert.deepEqual(readFileSync(file), bytes);
  const piped = startPoolbook(["run", "-"], {}, "pipe");
  piped.stdin?.end(bytes);
  const { code: pipedCode, stdout, stderr: said } = await finished(piped);
  assert.notEqual(pipedCode, 0);
  assert.equal(stdout, "");
  assert.match(said, /not UTF-8/);
});

test("import and parameters refuse files that are not UTF-8", async (t) => {
  const folder = temporaryFolder(t);
  const [source, made, parameters] = ["n.py", "n.ipynb", "p.yaml"].map((name) => path.join(folder, name));
  assert.ok(source && made && parameters);
  writeFileSync(source, "# %%\n'café'\n");
  inLatin1(source);
  const imported = await poolbook(["import", source, "-o", made]);
  assert.notEqual(imported.code, 0);
  assert.match(imported.stderr, /not UTF-8/);
  assert.ok(!existsSync(made));
  writeFileSync(parameters, "name: café\n");
  inLatin1(parameters);
  const notebook = writeNotebook(folder, "run.ipynb", [{ source: 'let name = "";', tags: ["parameters"] }]);
  const run = await poolbook(["run", notebook, "-f", parameters]);
  assert.equal(run.code, 2);
  assert.match(run.stderr, /p\.yaml: expected UTF-8/);
});
