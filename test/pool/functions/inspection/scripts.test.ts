import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { hashOf, textWithHash } from "#dist/pool/functions/inspection/script-text.js";
import { positionOf } from "#dist/pool/functions/inspection/scripts.js";
import { startScript } from "../../../helpers/script.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

for (const kind of ["mjs", "cjs"]) {
  test(`scriptWithId() knows the script that calls without asking the debugger for all of them (.${kind})`, async () => {
    const script = startScript(`pool/functions/questions.${kind}`);
    assert.equal((await script.ended).exitCode, 0, script.stderr);
    assert.deepEqual(script.stdout.trimEnd().split("\n"), ["15", "1 1", `questions.${kind}:18 false`]);
  });
}

test("textWithHash() gives the text of a file as long as it is the one that was loaded", (t) => {
  const path = join(temporaryFolder(t), "größe.mjs");
  const url = pathToFileURL(path).href;
  const loaded = "export const größe = 1;\n";
  writeFileSync(path, loaded);
  assert.equal(textWithHash(`${url}?again`, hashOf(loaded)), loaded);
  writeFileSync(path, "export const größe = 2;\n");
  assert.equal(textWithHash(url, hashOf(loaded)), undefined);
  writeFileSync(path, `${loaded}\0`);
  assert.equal(textWithHash(url, hashOf(`${loaded}\0`)), undefined);
  assert.equal(textWithHash("evalmachine.<anonymous>", hashOf(loaded)), undefined);
});

test("positionOf() counts all line ends that V8 counts", () => {
  for (const end of ["\n", "\r", "\r\n", "\u2028", "\u2029"]) {
    const text = `1;${end}${end}  (x) => x`;
    const script = { id: "1", url: "", hash: "", text };
    assert.equal(positionOf({ script, line: 2, column: 2 }), text.indexOf("(x)"));
    assert.equal(positionOf({ script, line: 0, column: 1 }), 1);
  }
});
