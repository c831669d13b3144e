import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { timeCommand } from "./runner/time-command.js";
import { editLatencies } from "./typecheck/edit-latencies.js";
import { joinedCells } from "./typecheck/joined-cells.js";

// Milliseconds for the types of the whole course, by different ways, and of diagnostics after an edit.

const bin = fileURLToPath(import.meta.resolve("#dist/cli/bin.js"));
const folder = mkdtempSync(path.join(tmpdir(), "poolbook-bench-"));
process.env.XDG_CACHE_HOME = path.join(folder, "cache");
const tsc = (version: string) => path.join("node_modules", version, "bin", "tsc");
const options = [
  "--noEmit",
  "--skipLibCheck",
  "--target",
  "es2023",
  "--module",
  "esnext",
  "--moduleResolution",
  "bundler",
  "--types",
  "node",
];
const notebooks = readdirSync("notebooks", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ipynb") && !name.includes("checkpoints"))
  .map((name) => path.join("notebooks", name));

/** The compilers exit with 1 where they find something, also what is none. */
async function time(command: string[]): Promise<{ milliseconds: number; findings: string }> {
  const started = performance.now();
  const findings = await timeCommand(command).then(
    () => "no errors",
    () => "errors, where the notebooks have none",
  );
  return { milliseconds: performance.now() - started, findings };
}

const typecheck = [process.execPath, bin, "typecheck", "notebooks"];
// In the checkout, so that its packages are found.
const besides = path.join(".build", "bench-types");
mkdirSync(besides, { recursive: true });
const joined = notebooks.map((file) => joinedCells(file, besides));
const oneByOne = async (version: string) => {
  let milliseconds = 0;
  for (const file of joined) {
    milliseconds += (await time([process.execPath, tsc(version), ...options, file])).milliseconds;
  }
  return { milliseconds, findings: "as above" };
};
const measured: Record<string, () => Promise<{ milliseconds: number; findings: string }>> = {
  "poolbook typecheck, first run": () => time(typecheck),
  "poolbook typecheck, second run": () => time(typecheck),
  "poolbook typecheck --no-cache -j 2": () => time([...typecheck, "--no-cache", "-j", "2"]),
  "tsc 6 over joined cells, one program": () =>
    time([process.execPath, tsc("typescript"), ...options, ...joined]),
  "tsc 7 over joined cells, one program": () =>
    time([process.execPath, tsc("typescript-native"), ...options, ...joined]),
  "nbQA's way, tsc 6 for each notebook": () => oneByOne("typescript"),
  "nbQA's way, tsc 7 for each notebook": () => oneByOne("typescript-native"),
};

try {
  for (const [name, measure] of Object.entries(measured)) {
    const { milliseconds, findings } = await measure();
    console.log(`${name.padEnd(40)} ${milliseconds.toFixed(0).padStart(7)} ms  ${findings}`);
  }
  const { p50, p95 } = await editLatencies(folder, { cells: 100, edits: 60 });
  console.log(`diagnostics after an edit, 100 cells: median ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`);
} finally {
  rmSync(folder, { recursive: true });
  rmSync(besides, { recursive: true });
}
