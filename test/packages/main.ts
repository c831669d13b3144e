import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { packageCases, type Way } from "./cases.js";
import { type Host, hosts, run } from "./hosts.js";
import type { Outcome } from "./programs.js";

// npm run packages
// Packages of many shapes, used by functions that are sent to a worker: from scripts and from cells, in every way.
// Each answer of a worker is that of the process that sent the function, or the function is refused by name.

const folder = resolve(".build/packages");

install();
const all = hosts(folder);
const ways: readonly Way[] = ["root", "used", "inside", "made"];
const tables: string[] = [];
const wrong: string[] = [];
await Promise.all(all.map(report));
console.log(tables.join("\n\n"));
console.log(
  wrong.length === 0 ? "\nAll right, or refused by name" : `\n${wrong.length} wrong:\n${wrong.join("\n")}`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;

function install(): void {
  mkdirSync(folder, { recursive: true });
  cpSync("test/fixtures/packages", folder, {
    recursive: true,
    filter: (source) => !source.includes("node_modules"),
  });
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: "inherit",
  });
  if (status !== 0) {
    throw new Error("Cannot install the packages");
  }
  const link = join(folder, "node_modules/poolbook");
  rmSync(link, { recursive: true, force: true });
  symlinkSync(process.cwd(), link);
}

async function report(host: Host): Promise<void> {
  const start = performance.now();
  const { outcomes, rest } = await run(host, folder);
  const expected = packageCases.reduce(
    (sum, { root, made }) => sum + 2 + Number(root !== undefined) + Number(made !== undefined),
    0,
  );
  if (outcomes.length !== expected) {
    wrong.push(`${host.name}: ${outcomes.length} of ${expected} answers\n${rest}`);
  }
  const verdicts = new Map(
    outcomes.map((outcome) => [`${outcome.name} ${outcome.way}`, verdictOn(host, outcome)]),
  );
  const rows = packageCases.map(({ name }) => {
    const cells = ways.map((way) => (verdicts.get(`${name} ${way}`) ?? "-").padEnd(9));
    return `  ${name.padEnd(18)}${cells.join("")}`;
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  tables.push(
    [
      `${host.name}, ${seconds} s`,
      `  ${"".padEnd(18)}${ways.map((way) => way.padEnd(9)).join("")}`,
      ...rows,
    ].join("\n"),
  );
}

function verdictOn(host: Host, { name, way, here, there }: Outcome): string {
  const refused = packageCases.find((one) => one.name === name)?.refused?.[way];
  if (here === there && !here.includes("Error: ")) {
    return "right";
  }
  if (refused?.test(there) && there.startsWith("FunctionTransferError: ")) {
    return "refused";
  }
  wrong.push(`${host.name}, ${name}, ${way}: here ${here}, there ${there}`);
  return "WRONG";
}
