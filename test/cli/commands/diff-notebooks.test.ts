import assert from "node:assert/strict";
import { test } from "node:test";
import { stdout } from "../../helpers/notebook-value.js";
import { poolbook } from "../../helpers/poolbook.js";
import { writeStored } from "../../helpers/stored-notebook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

test("diff compares two executed notebooks by the rules of the first, and exits 0, 1 or 2", async (t) => {
  const folder = temporaryFolder(t);
  const a = writeStored(folder, "a.ipynb", [
    { source: "1", outputs: [stdout("Worker 11 took 5 ms\nb\n")], tags: ["check-unordered"] },
  ]);
  const same = writeStored(folder, "b.ipynb", [
    { source: "1", outputs: [stdout("b\nWorker 12 took 6 ms\n")] },
  ]);
  const other = writeStored(folder, "c.ipynb", [{ source: "1", outputs: [stdout("b\nWorker 12 slept\n")] }]);
  assert.deepEqual(await poolbook(["diff", a, same]), { code: 0, signal: null, stdout: "", stderr: "" });
  const { code, stdout: printed } = await poolbook(["diff", a, other]);
  assert.equal(code, 1);
  assert.match(printed, /c\.ipynb, cell 1 \(cell-1\)/);
  assert.match(printed, /- Worker <pid 1> took <duration>\n {6}\+ Worker <pid 1> slept\n/);
  const strict = await poolbook(["diff", "--normalisers", "none", a, same]);
  assert.equal(strict.code, 1);
  const missing = await poolbook(["diff", a, "nowhere.ipynb"]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /nowhere\.ipynb: no such file/);
});
