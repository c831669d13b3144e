import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

const require = createRequire(import.meta.url);
const stockCompiler = "@tslab/typescript-for-tslab";
const root = path.resolve(import.meta.dirname, "../..");

test("npm pack holds the built package, its pages and licence, the solutions it can show, and nothing else", () => {
  const report = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const files: string[] = JSON.parse(report.toString())[0].files.map((file: { path: string }) => file.path);
  const others = files.filter(
    (file) => !/^dist\/.*(\.c?js|\.d\.c?ts)$/.test(file) && !/^src\/\w+\/README\.md$/.test(file),
  );
  assert.deepEqual(others.sort(), [
    "LICENSE",
    "README.md",
    "dist/lab-extension/package.json",
    "dist/lab-extension/schemas/poolbook-lab/errors.json",
    "dist/lab-extension/static/third-party-licenses.json",
    "notebooks/solutions/solutions.ipynb",
    "notebooks/solutions/workers.mjs",
    "package.json",
  ]);
  for (const needed of [
    "dist/index.js",
    "dist/index.d.ts",
    "dist/cli/bin.js",
    "dist/kernel/main.js",
    "src/pool/README.md",
  ]) {
    assert.ok(files.includes(needed), `${needed} is missing`);
  }
});

test("the published declarations compile under stock tslab's TypeScript, not strict", () => {
  const compiler = require(stockCompiler) as typeof import("typescript-for-cells");
  const declared = require.resolve("poolbook").replace(/\.js$/, ".d.ts");
  const program = compiler.createProgram([declared], {
    noEmit: true,
    target: compiler.ScriptTarget.ES2022,
    module: compiler.ModuleKind.CommonJS,
    moduleResolution: compiler.ModuleResolutionKind.Node10,
    types: ["node"],
  });
  const complaints = compiler
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.includes("/dist/"))
    .map(({ messageText }) => compiler.flattenDiagnosticMessageText(messageText, "\n"));
  assert.match(compiler.version, /^5\.0\./);
  assert.deepEqual(complaints, []);
});
