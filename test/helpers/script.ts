import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const fixtures = fileURLToPath(new URL("../../../test/fixtures/", import.meta.url));

export interface Script {
  readonly child: ChildProcess;
  /** Everything it has written to stdout so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves when stdout matches. */
  until(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Resolves when the script has ended and all its output has come. */
  readonly ended: Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a fixture, named by its path under test/fixtures, in a Node process of its own. */
export function startScript(
  fixture: string,
  args: string[] = [],
  env: NodeJS.ProcessEnv = {},
  node: string[] = [],
): Script {
  const child = spawn(process.execPath, [...node, `${fixtures}${fixture}`, ...args], {
    env: { ...process.env, ...env },
  });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  const ended = once(child, "close").then(([exitCode, signal]) => ({ exitCode, signal }));
  return {
    child,
    ended,
    get stdout() {
      return texts.stdout;
    },
    get stderr() {
      return texts.stderr;
    },
    async until(pattern) {
      for (;;) {
        const match = texts.stdout.match(pattern);
        if (match) {
          return match;
        }
        const more = await Promise.race([once(child.stdout, "data"), ended.then(() => undefined)]);
        if (!more && !pattern.test(texts.stdout)) {
          throw new Error(`Script ended: ${texts.stdout}${texts.stderr}`);
        }
      }
    },
  };
}
