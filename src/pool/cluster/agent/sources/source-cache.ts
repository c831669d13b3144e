import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceTree } from "../../protocol/sources.js";

const poolbook = fileURLToPath(new URL("../../../../..", import.meta.url));

/** Trees that were not used for so long are removed when an agent starts. */
const longestRest = 7 * 24 * 60 * 60 * 1000;

const onlyOwner = 0o700;

/** The source trees of pools, by content, in the user's cache folder. */
export class SourceCache {
  readonly #folder: string;
  readonly #packages: string | undefined;

  /** `folder` is the agent's: the packages that the sources import are those found from there. */
  constructor(folder: string) {
    this.#folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "poolbook", "modules");
    this.#packages = packagesAround(folder);
    mkdirSync(this.#folder, { recursive: true, mode: onlyOwner });
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > longestRest) {
        rmSync(path, { recursive: true, force: true });
      }
    }
  }

  /** The folder of a tree. Throws an Error for one that was not kept. */
  folderOf(hash: string): string {
    const path = this.#pathOf(hash);
    if (!existsSync(path)) {
      throw new Error("The modules of the function have not arrived");
    }
    return join(path, "project");
  }

  /** Throws an Error for a path that leads out of the tree. */
  keep({ hash, files }: SourceTree): void {
    const path = this.#pathOf(hash);
    if (existsSync(path)) {
      utimesSync(path, new Date(), new Date());
      return;
    }
    const made = mkdtempSync(join(this.#folder, "new-"));
    const project = join(made, "project");
    mkdirSync(project);
    for (const [name, bytes] of files) {
      const file = resolve(project, name);
      if (!file.startsWith(project + sep)) {
        throw new Error(`The path of a module leads out of its project: ${name}`);
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    if (this.#packages !== undefined) {
      symlinkSync(this.#packages, join(project, "node_modules"));
    }
    mkdirSync(join(made, "node_modules"));
    symlinkSync(resolve(poolbook), join(made, "node_modules", "poolbook"));
    try {
      renameSync(made, path);
    } catch (error) {
      // Another agent was faster.
      rmSync(made, { recursive: true, force: true });
      if (!existsSync(path)) {
        throw error;
      }
    }
  }

  /** Trees of one content may see the packages of different folders. */
  #pathOf(hash: string): string {
    if (!/^[0-9a-f]{64}$/.test(hash)) {
      throw new Error("The hash of a source tree is none");
    }
    const place = Buffer.from(this.#packages ?? "")
      .toString("hex")
      .slice(-32);
    return join(this.#folder, `${hash}-${place}`);
  }
}

function packagesAround(folder: string): string | undefined {
  const path = join(folder, "node_modules");
  if (existsSync(path)) {
    return path;
  }
  return dirname(folder) === folder ? undefined : packagesAround(dirname(folder));
}
