import assert from "node:assert/strict";
import { test } from "node:test";
import { loadCompiler } from "#dist/language/compiler/compiler.js";
import { declarationTexts } from "#dist/language/compiler/node-outline/declaration-texts.js";
import { makeOutline } from "#dist/language/compiler/node-outline/make-outline.js";
import { broughtOutline } from "#dist/language/compiler/node-outline/outline-archive.js";
import { packOutline } from "#dist/language/compiler/node-outline/packed-outline.js";
import { folderOfNode, knownMajors } from "#dist/language/compiler/running-node.js";

const compiler = loadCompiler();

for (const major of knownMajors) {
  test(`broughtOutline() gives the outline of the declarations of Node ${major}, and none of others`, () => {
    const texts = declarationTexts(folderOfNode(major));
    assert.deepEqual(broughtOutline(compiler, texts), packOutline(makeOutline(compiler, texts)));

    const fs = String(texts.get("fs.d.ts"));
    const changed = new Map(texts).set("fs.d.ts", Buffer.from(fs.replace("existsSync", "existsSinc")));
    assert.equal(broughtOutline(compiler, changed), undefined);
    const later: typeof compiler = Object.create(compiler, { version: { value: "99.0.0" } });
    assert.equal(broughtOutline(later, texts), undefined);
  });
}
