import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const packed = path.resolve(".build", "peers", "packed");
let tarball = "";

before(() => {
  mkdirSync(packed, { recursive: true });
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", packed];
  const [{ filename }] = JSON.parse(
    execFileSync("npm", args, { stdio: ["ignore", "pipe", "ignore"] }).toString(),
  );
  tarball = path.join(packed, filename);
});

function npmInstall(folder: string, ...args: string[]): void {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["install", ...quiet, ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** The number of packages in a project, and their size on the disk in MB, which counts whole blocks. */
function weight(project: string): [packages: number, megabytes: number] {
  const installed = path.join(project, "node_modules");
  const { packages } = JSON.parse(readFileSync(path.join(installed, ".package-lock.json"), "utf8"));
  const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
  const blocks = files.reduce((sum, file) => sum + lstatSync(path.join(installed, file)).blocks, 0);
  return [Object.keys(packages).length, (blocks * 512) / 1e6];
}

const compile = `import { type RunOptions, runNotebook } from "poolbook/runner";
import { checkNotebook, checkTypes } from "poolbook/checker";
import { html } from "poolbook/display";
import { withPool } from "poolbook";
export const made: Promise<number[]> = withPool(1, (pool) => pool.map((x: number) => x, [1]));
export const results = [runNotebook("a.ipynb", {} satisfies RunOptions), checkNotebook("a"), checkTypes("a"), html];
`;

test("--omit=optional installs the pool alone; the command that every refusal names brings the rest", (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  npmInstall(folder, "--omit=optional", tarball);
  const [packages, megabytes] = weight(folder);
  t.diagnostic(`the pool alone: ${packages} packages, ${megabytes.toFixed(1)} MB`);
  assert.ok(packages < 25 && megabytes < 12, `${packages} packages, ${megabytes} MB`);

  const pool =
    'import { withPool } from "poolbook"; console.log(await withPool(1, (pool) => pool.map((x) => x, [7])));';
  const run = (code: string) =>
    execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: folder, encoding: "utf8" });
  assert.equal(run(pool), "[ 7 ]\n");

  npmInstall(folder, "--include=optional");
  assert.equal(run('console.log(typeof (await import("poolbook/runner")).runNotebook)'), "function\n");
});

test("everything together stays below 130 packages, and its declarations compile without skipLibCheck", (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  npmInstall(folder, tarball);
  const [packages, megabytes] = weight(folder);
  t.diagnostic(`everything: ${packages} packages, ${megabytes.toFixed(0)} MB`);
  assert.ok(packages < 130, `${packages} packages`);

  npmInstall(folder, "--save-dev", "typescript@7");
  for (const name of ["a.ts", "b.cts"]) {
    writeFileSync(path.join(folder, name), compile);
  }
  const strict = "--noEmit --strict --target es2022 --module node16 a.ts b.cts".split(" ");
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", ...strict], {
    cwd: folder,
    stdio: "inherit",
  });
});
