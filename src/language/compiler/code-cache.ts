import { isAscii } from "node:buffer";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import nodeModule, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { cacheFolder, readChecked, writeChecked } from "./cache-file.js";

const partSize = 1 << 18;

/**
 * A large CommonJS file that is loaded with the machine code which V8 made of it in an earlier process. The code
 * lies in the user's cache folder under everything it depends on: versions, V8's flags, the processor. It is checked
 * when it is read; when it is missing, damaged or refused by V8, the file is compiled as usual, and `store` writes it
 * anew.
 */
export class CachedModule {
  readonly exports: unknown;
  readonly #script: Script;
  readonly #cachePath: string;
  /** It was loaded with code that lay in the cache. */
  readonly isStored: boolean;

  constructor(path: string, version: string) {
    const { platform, arch } = process;
    const tag = cachedDataVersionTag().toString(16);
    const name = `typescript-${version}-node-${process.versions.node}-${tag}-${platform}-${arch}.cache`;
    this.#cachePath = join(cacheFolder(), name);
    const cachedData = readChecked(this.#cachePath);
    this.#script = new Script(nodeModule.wrap(textOf(path)), { filename: path, cachedData });
    this.isStored = cachedData !== undefined && this.#script.cachedDataRejected === false;
    const module = { exports: {} };
    this.#script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
    this.exports = module.exports;
  }

  /** Writes the code of all functions that have run so far, unless it was read. */
  store(): void {
    if (!this.isStored) {
      writeChecked(this.#cachePath, this.#script.createCachedData());
    }
  }
}

/**
 * The text of a file in UTF-8. ASCII is read in parts: they become one text in V8's memory, and the C library does not
 * learn from a large array that is freed to keep as much from then on.
 */
function textOf(path: string): string {
  const part = Buffer.allocUnsafeSlow(partSize);
  const file = openSync(path, "r");
  try {
    let text = "";
    for (;;) {
      const read = part.subarray(0, readSync(file, part, 0, partSize, null));
      if (read.length === 0) {
        return text;
      }
      if (!isAscii(read)) {
        return readFileSync(path, "utf8");
      }
      text += read.toString("latin1");
    }
  } finally {
    closeSync(file);
  }
}
