import path from "node:path";
import { UsageError } from "../../options/usage-error.js";
import { GitError, git } from "../git.js";

const lockfiles = {
  npm: /^(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/,
  python:
    /^(requirements.*\.(txt|in)|constraints.*\.txt|pyproject\.toml|setup\.(py|cfg)|(poetry|uv|pdm|conda)[.-]lock(\.ya?ml)?|Pipfile\.lock|pylock.*\.toml|environment.*\.ya?ml)$/,
};

/** A file that says which packages are installed, or how code is compiled and where it finds what. */
export function isSettingsFile(name: string): boolean {
  return /^([jt]sconfig.*|package|\.package-lock)\.json$/.test(name) || isLockfile(name);
}

function isLockfile(name: string): boolean {
  return Object.values(lockfiles).some((names) => names.test(name));
}

/** A file that holds the compiler's options for notebooks, or declarations for all of them. */
export function isCompilerFile(name: string): boolean {
  return /^[jt]sconfig.*\.json$|\.d\.[cm]?ts$/.test(name);
}

/** Asked about files that code depends on. */
export interface FileQuestions {
  /** The folder that paths in messages are relative to. */
  readonly root: string;
  readonly all: string[];
  has(file: string): boolean;
  within(folder: string): string | undefined;
  lockfile(kind: keyof typeof lockfiles): string | undefined;
  mentionedIn(code: string): string | undefined;
  /** Told of an import that leads to no file and no package. */
  notFound?(specifier: string): void;
}

/** The files that differ from a revision. */
export class ChangedFiles implements FileQuestions {
  readonly root: string;
  #files: Set<string>;

  constructor(root: string, files: string[]) {
    this.root = root;
    this.#files = new Set(files);
  }

  /** Those of the repository that `folder` is in. Throws UsageError where there is no such revision. */
  static async since(revision: string, folder: string): Promise<ChangedFiles> {
    try {
      const root = (await git(folder, ["rev-parse", "--show-toplevel"])).trim();
      const commit = await git(folder, ["rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`]);
      const known = await git(root, ["diff", "--name-only", "--no-renames", "-z", commit.trim()]);
      const unknown = await git(root, ["ls-files", "--others", "--exclude-standard", "-z"]);
      const names = `${known}${unknown}`.split("\0").filter((name) => name !== "");
      return new ChangedFiles(
        root,
        names.map((name) => path.join(root, name)),
      );
    } catch (cause) {
      if (!(cause instanceof GitError)) {
        throw cause;
      }
      throw new UsageError(`--changed-since ${revision}: ${cause.message}`, { cause });
    }
  }

  get all(): string[] {
    return [...this.#files];
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  /** Something of a package that can matter to whoever imports it. */
  within(folder: string): string | undefined {
    return this.all.find(
      (file) => file.startsWith(folder + path.sep) && !/\.(ipynb|md)$|[\\/]node_modules[\\/]/i.test(file),
    );
  }

  /** A file that says which packages are installed, for this kind of packages. */
  lockfile(kind: keyof typeof lockfiles): string | undefined {
    return this.all.find((file) => lockfiles[kind].test(path.basename(file)));
  }

  /** A changed file whose name stands in the code, as that of a file which it reads or runs. */
  mentionedIn(code: string): string | undefined {
    return this.all.find((file) => {
      const name = path.basename(file);
      return name.includes(".", 1) && standsIn(code, name);
    });
  }
}

function standsIn(code: string, name: string): boolean {
  const at = code.indexOf(name);
  return at >= 0 && !/[\w.-]/.test(code[at - 1] ?? " ") && !/[\w-]/.test(code[at + name.length] ?? " ");
}
