import { spawn } from "node:child_process";

/** Thrown when git is not there, or refuses; the message is its last line. */
export class GitError extends Error {
  override name = "GitError";
}

// A hook runs with these set for its own repository, and a folder may belong to another one.
const ownVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/** Resolves with the standard output of git, run in `folder`. Throws GitError unless its exit code is 0 or in `fine`. */
export async function git(
  folder: string,
  args: string[],
  { input = "", fine = [] }: { input?: string; fine?: number[] } = {},
): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ownVariables.includes(name)),
  );
  const child = spawn("git", args, { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", (cause) => reject(new GitError("git cannot be run", { cause })));
    child.once("close", resolve);
  });
  if (code !== 0 && (code === null || !fine.includes(code))) {
    throw new GitError(stderr.trim().split("\n").at(-1) || `git ${args[0]} ended with code ${code}`);
  }
  return stdout;
}
