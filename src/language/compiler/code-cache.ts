import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import nodeModule, { createRequire } from "node:module";
import { devNull, homedir } from "node:os";
import { dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";

const digestLength = 32;

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
  readonly #isFresh: boolean;

  constructor(path: string, version: string) {
    const { platform, arch } = process;
    const tag = cachedDataVersionTag().toString(16);
    const name = `typescript-${version}-node-${process.versions.node}-${tag}-${platform}-${arch}.cache`;
    this.#cachePath = join(cacheFolder(), name);
    const cachedData = readChecked(this.#cachePath);
    this.#script = new Script(nodeModule.wrap(readFileSync(path, "utf8")), { filename: path, cachedData });
    this.#isFresh = cachedData !== undefined && this.#script.cachedDataRejected === false;
    const module = { exports: {} };
    this.#script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
    this.exports = module.exports;
  }

  /** Writes the code of all functions that have run so far, unless it was read. */
  store(): void {
    if (this.#isFresh) {
      return;
    }
    try {
      const code = this.#script.createCachedData();
      const unfinished = `${this.#cachePath}.${process.pid}`;
      mkdirSync(dirname(this.#cachePath), { recursive: true, mode: 0o700 });
      writeFileSync(unfinished, Buffer.concat([digest(code), code]), { mode: 0o600 });
      renameSync(unfinished, this.#cachePath);
    } catch {
      // A read-only home or a full disk: the next process compiles as usual.
    }
  }
}

function readChecked(path: string): Buffer | undefined {
  try {
    const content = readFileSync(path);
    const code = content.subarray(digestLength);
    return digest(code).equals(content.subarray(0, digestLength)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function digest(code: Buffer): Buffer {
  return createHash("sha256").update(code).digest();
}

/** The folder of the user's that holds what can be made again. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  return join(XDG_CACHE_HOME || LOCALAPPDATA || join(home(), ".cache"), "poolbook");
}

/** A user without an entry in the system's list has no home: then there is nothing to read or write. */
function home(): string {
  try {
    return homedir();
  } catch {
    return devNull;
  }
}
