// Makes the archive with the outlines of the declarations of every major version of Node.
import { writeFileSync } from "node:fs";
import { loadCompiler } from "../language/compiler/compiler.js";
import { declarationTexts } from "../language/compiler/node-outline/declaration-texts.js";
import { makeOutline } from "../language/compiler/node-outline/make-outline.js";
import { archive, packOutlines } from "../language/compiler/node-outline/outline-archive.js";
import { packOutline } from "../language/compiler/node-outline/packed-outline.js";
import { folderOfNode, knownMajors } from "../language/compiler/running-node.js";

const compiler = loadCompiler();
const outlines = new Map<ReadonlyMap<string, Buffer>, Buffer>();
for (const major of knownMajors) {
  const texts = declarationTexts(folderOfNode(major));
  outlines.set(texts, packOutline(makeOutline(compiler, texts)));
}
writeFileSync(archive, packOutlines(compiler, outlines));
