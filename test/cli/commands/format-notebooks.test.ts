import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { poolbook } from "../../helpers/poolbook.js";
import { writeStored } from "../../helpers/stored-notebook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const notebooks = path.resolve(import.meta.dirname, "../../../../notebooks");

test("format --check has nothing to say about the course", async () => {
  assert.deepEqual(await poolbook(["format", "--check", notebooks]), {
    code: 0,
    signal: null,
    stdout: "",
    stderr: "",
  });
});

test("format --check names what is not in order and changes nothing; format mends it", async (t) => {
  const folder = temporaryFolder(t);
  const sound = writeStored(folder, "sound.ipynb", [{ source: "1" }]);
  const file = writeStored(folder, "a.ipynb", [{ source: "1" }], { executionInfo: {} });
  const [before, soundBefore] = [readFileSync(file, "utf8"), readFileSync(sound, "utf8")];
  const checked = await poolbook(["format", "--check", folder]);
  assert.equal(checked.code, 1);
  assert.match(
    checked.stdout,
    /^.*a\.ipynb: metadata\.executionInfo: .* nothing to keep {2}\(can be mended\)\n$/,
  );
  assert.equal(readFileSync(file, "utf8"), before);

  const mended = await poolbook(["format", folder]);
  assert.equal(mended.code, 0);
  assert.match(mended.stdout, /\(mended\)\n$/);
  assert.equal(readFileSync(file, "utf8"), before.replace(/,\n {2}"executionInfo": \{\}/, ""));
  assert.equal(readFileSync(sound, "utf8"), soundBefore);
  assert.deepEqual(await poolbook(["format", "--check", folder]), {
    code: 0,
    signal: null,
    stdout: "",
    stderr: "",
  });
});

test("format exits 1 for what it cannot mend: a link to a notebook that is not there", async (t) => {
  const folder = temporaryFolder(t);
  writeStored(folder, "there.ipynb", [{ source: "1" }]);
  const file = path.join(folder, "a.ipynb");
  const source = "[a](there.ipynb) [b](gone.ipynb)";
  const cells = [{ cell_type: "markdown", id: "text", metadata: {}, source }];
  writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  const { code, stdout } = await poolbook(["format", folder]);
  assert.equal(code, 1);
  assert.equal(stdout, `${file}: cells[0]: there is no notebook gone.ipynb\n`);
});
