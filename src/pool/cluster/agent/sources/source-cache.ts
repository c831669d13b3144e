import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Milliseconds; what was not used for so long is removed when an agent starts. */
const longestRest = 7 * 24 * 60 * 60 * 1000;

const onlyOwner = 0o700;

/** The contents of pools' source files, by their hashes, in the user's cache folder. */
export class SourceCache {
  readonly folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "poolbook", "modules");

  constructor() {
    mkdirSync(this.folder, { recursive: true, mode: onlyOwner });
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > longestRest) {
        rmSync(path, { recursive: true, force: true });
      }
    }
  }

  /** Throws an Error for a content that has not that hash. */
  keep(hash: string, bytes: Uint8Array): void {
    if (createHash("sha256").update(bytes).digest("hex") !== hash) {
      throw new Error("The hash of a source file is not that of its content");
    }
    const path = this.#pathOf(hash);
    const made = `${path}.${process.pid}`;
    writeFileSync(made, bytes);
    renameSync(made, path);
  }

  has(hash: string): boolean {
    return existsSync(this.#pathOf(hash));
  }

  /** Puts a content into a file: a copy, which its worker may change. */
  copy(hash: string, file: string): void {
    const path = this.#pathOf(hash);
    utimesSync(path, new Date(), new Date());
    copyFileSync(path, file);
  }

  #pathOf(hash: string): string {
    if (!/^[0-9a-f]{64}$/.test(hash)) {
      throw new Error("The hash of a source file is none");
    }
    return join(this.folder, hash);
  }
}
