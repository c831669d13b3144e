import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { UsageError } from "../options/usage-error.js";

const lockfiles = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"];

/** The files that differ from a revision. */
export class ChangedFiles {
  #files: Set<string>;

  constructor(files: string[]) {
    this.#files = new Set(files);
  }

  /** Those of the repository that `folder` is in. Throws UsageError where there is no such revision. */
  static async since(revision: string, folder: string): Promise<ChangedFiles> {
    return new ChangedFiles(await changedFiles(folder, revision));
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  /** Something of a package has changed that can matter to whoever imports it. */
  hasWithin(folder: string): boolean {
    return [...this.#files].some(
      (file) => file.startsWith(folder + path.sep) && !/\.(ipynb|md)$|[\\/]node_modules[\\/]/.test(file),
    );
  }

  get hasLockfile(): boolean {
    return [...this.#files].some((file) => lockfiles.includes(path.basename(file)));
  }
}

/** Absolute paths of what differs from `revision`, with files that git does not know yet. */
async function changedFiles(folder: string, revision: string): Promise<string[]> {
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)("git", args, { cwd: folder, maxBuffer: 2 ** 28 });
    return stdout;
  };
  try {
    const root = (await git("rev-parse", "--show-toplevel")).trim();
    const commit = (await git("rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`)).trim();
    const known = await git("-C", root, "diff", "--name-only", "--no-renames", "-z", commit);
    const unknown = await git("-C", root, "ls-files", "--others", "--exclude-standard", "-z");
    return `${known}${unknown}`.split("\0").flatMap((name) => (name === "" ? [] : path.join(root, name)));
  } catch (cause) {
    const { stderr, message } =
      cause instanceof Error
        ? { stderr: "", ...cause, message: cause.message }
        : { stderr: "", message: String(cause) };
    const reason = String(stderr).trim().split("\n").at(-1) || message;
    throw new UsageError(`--changed-since ${revision}: ${reason}`, { cause });
  }
}
