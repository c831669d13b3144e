import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";

/** Milliseconds after which a file of tests counts as hanging. */
const longestRun = 600_000;

/**
 * Of their time the most goes by in sleeping tasks, so that others run beside them. The notebooks count seconds: they come
 * last, when the browsers are done.
 */
export const waitingParts = ["course", "pool", "notebooks"];

export const isWaiting = (file: string) => waitingParts.some((part) => file.startsWith(`${part}/`));

export interface TestFileRun {
  /** Its path below `test`, with slashes. */
  readonly file: string;
  readonly hasPassed: boolean;
  readonly tests: number;
  /** At least one of a file that has not passed. */
  readonly failed: number;
  readonly seconds: number;
  /** Of the report that `spec` gives: what failed, and why. */
  readonly failures: string;
}

/** Where the compiler puts a file of `test`. */
export function compiledTest(file: string): string {
  return path.join(".build/test", file.replace(/ts$/, "js"));
}

/** Runs a compiled file of tests by itself, without a word. */
export async function runTestFile(
  file: string,
  node = process.execPath,
  env: NodeJS.ProcessEnv = process.env,
): Promise<TestFileRun> {
  const start = performance.now();
  const child = spawn(node, ["--test", "--test-reporter=spec", compiledTest(file)], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: longestRun,
  });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [status, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
  const output = stdout + stderr;
  const failing = output.indexOf("✖ failing tests:");
  return {
    file,
    hasPassed: status === 0,
    tests: countOf("tests", output),
    failed: status === 0 ? 0 : Math.max(1, countOf("fail", output)),
    seconds: (performance.now() - start) / 1000,
    failures: failing < 0 ? output : output.slice(failing),
  };
}

function countOf(name: string, output: string): number {
  return Number(new RegExp(`^ℹ ${name} (\\d+)$`, "m").exec(output)?.[1] ?? 0);
}
