import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceContent, SourceFile } from "../../protocol/sources.js";
import type { SourceCache } from "./source-cache.js";

const poolbook = fileURLToPath(new URL("../../../../..", import.meta.url));

/** The files of a pool's project that its worker has got, in a folder of the worker's own. */
export class OwnFiles {
  readonly #cache: SourceCache;
  readonly #agentFolder: string;
  readonly #ask: (hashes: readonly string[]) => void;
  #folder: string | undefined;
  /** Those whose contents have not come. */
  #waiting: readonly SourceFile[] = [];

  /** `ask` asks the pool for contents; `agentFolder` is where the packages are found that the files import. */
  constructor(cache: SourceCache, agentFolder: string, ask: (hashes: readonly string[]) => void) {
    this.#cache = cache;
    this.#agentFolder = agentFolder;
    this.#ask = ask;
  }

  get isComplete(): boolean {
    return this.#waiting.length === 0;
  }

  /** Stands for the root of the project, if a file of it has come. */
  get root(): string | undefined {
    return this.#folder && join(this.#folder, "project");
  }

  /** Throws an Error for a path that leads out of the project. */
  take(files: readonly SourceFile[], contents: readonly SourceContent[]): void {
    for (const [hash, bytes] of contents) {
      this.#cache.keep(hash, bytes);
    }
    const wanted = [...this.#waiting, ...files];
    this.#waiting = wanted.filter(([, hash]) => !this.#cache.has(hash));
    for (const [path, hash] of wanted.filter((file) => !this.#waiting.includes(file))) {
      this.#put(path, hash);
    }
    if (!this.isComplete) {
      this.#ask([...new Set(this.#waiting.map(([, hash]) => hash))]);
    }
  }

  /** The place of what has that path below the project's root: among the files that have come, or in the agent's folder. */
  placeOf(path: string): string {
    const own = this.root && join(this.root, path);
    return own !== undefined && existsSync(own) ? own : join(this.#agentFolder, path);
  }

  /** The same of what need not be there, but has others beside it. */
  baseOf(path: string): string {
    return join(this.root ?? this.#agentFolder, path);
  }

  remove(): void {
    if (this.#folder) {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  #put(path: string, hash: string): void {
    this.#folder ??= this.#makeFolder();
    const root = join(this.#folder, "project");
    const file = resolve(root, path);
    if (!file.startsWith(root + sep) || relative(root, file).startsWith("node_modules")) {
      throw new Error(`The path of a module leads out of its project: ${path}`);
    }
    mkdirSync(dirname(file), { recursive: true });
    this.#cache.copy(hash, file);
  }

  #makeFolder(): string {
    const made = mkdtempSync(join(this.#cache.folder, "worker-"));
    mkdirSync(join(made, "project"));
    const packages = packagesAround(this.#agentFolder);
    if (packages !== undefined) {
      symlinkSync(packages, join(made, "project", "node_modules"));
    }
    mkdirSync(join(made, "node_modules"));
    symlinkSync(resolve(poolbook), join(made, "node_modules", "poolbook"));
    return made;
  }
}

function packagesAround(folder: string): string | undefined {
  const path = join(folder, "node_modules");
  if (existsSync(path)) {
    return path;
  }
  return dirname(folder) === folder ? undefined : packagesAround(dirname(folder));
}
