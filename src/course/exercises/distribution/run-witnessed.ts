import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The end of a program, and the pools it made. */
export interface WitnessedRun {
  /** Its exit code; null if it had to be ended. */
  readonly code: number | null;
  readonly stderr: string;
  /** The sizes of its pools. */
  readonly pools: readonly number[];
  /** Number of tasks that they ran. */
  readonly tasks: number;
}

const limit = 20_000;

/** Runs `node FILE ARGUMENT` and sees which pools it makes: a module loaded before it listens, and writes it down. */
export async function runWitnessed(file: string, argument: string): Promise<WitnessedRun> {
  const folder = mkdtempSync(path.join(tmpdir(), "poolbook-script-"));
  const report = path.join(folder, "report.json");
  const witness = new URL("witness.js", import.meta.url).href;
  const env = { ...process.env, POOLBOOK_WITNESS: report };
  try {
    const [code, stderr] = await new Promise<[number | null, string]>((resolve) => {
      execFile(
        process.execPath,
        ["--import", witness, file, argument],
        { env, timeout: limit, cwd: path.dirname(file) },
        (error, _stdout, stderr) => {
          resolve([error === null ? 0 : typeof error.code === "number" ? error.code : null, stderr]);
        },
      );
    });
    return { code, stderr, ...readReport(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(report: string): { pools: number[]; tasks: number } {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return { pools: [], tasks: 0 };
  }
}
