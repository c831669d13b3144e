import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";

const ROOT = path.resolve(import.meta.dirname, "../..");

test("npm pack holds the built package, its README, the solutions it can show, and nothing else", () => {
  const report = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const files: string[] = JSON.parse(report.toString())[0].files.map((file: { path: string }) => file.path);
  const others = files.filter((file) => !/^dist\/.*(\.c?js|\.d\.c?ts)$/.test(file));
  assert.deepEqual(others.sort(), ["README.md", "notebooks/solutions/solutions.ipynb", "package.json"]);
  for (const needed of ["dist/index.js", "dist/index.d.ts", "dist/cli/bin.js", "dist/kernel/main.js"]) {
    assert.ok(files.includes(needed), `${needed} is missing`);
  }
});
