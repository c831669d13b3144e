import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { courseFiles } from "#dist/courseware/working-copy/course-files.js";

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, "../..");

test("npm pack holds the built package, its pages and licence, the course, and nothing else", () => {
  const report = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const files: string[] = JSON.parse(report.toString())[0].files.map((file: { path: string }) => file.path);
  const course = courseFiles(path.join(root, "notebooks")).map((file) => `notebooks/${file}`);
  const others = files.filter(
    (file) =>
      !/^dist\/.*(\.c?js|\.d\.c?ts)$/.test(file) && !/^src\/(\w+|pool\/cluster)\/README\.md$/.test(file),
  );
  assert.deepEqual(others.sort(), [
    "LICENSE",
    "README.md",
    "dist/common-js/package.json",
    "dist/lab-extension/package.json",
    "dist/lab-extension/schemas/poolbook-lab/errors.json",
    "dist/lab-extension/static/third-party-licenses.json",
    "dist/language/compiler/node-outline/node-outlines.br",
    "dist/third-party-licenses.txt",
    ...course,
    "package.json",
  ]);
  for (const needed of [
    ...files
      .filter((file) => /^dist\/common-js\/.*\.d\.c?ts$/.test(file))
      .map((file) => file.replace("common-js/", "")),
    "dist/kernel/shared/cell-globals.d.ts",
    "dist/index.js",
    "dist/index.d.ts",
    "dist/cli/bin.js",
    "dist/cli/cluster/run-work.js",
    "dist/kernel/main.js",
    "src/pool/README.md",
  ]) {
    assert.ok(files.includes(needed), `${needed} is missing`);
  }
});

for (const format of ["esm", "cjs"] as const) {
  test(`a bundle (${format}) that holds poolbook says that it must be external, and runs when it is`, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "poolbook-"));
    try {
      linkTo(folder);
      const main = path.join(folder, "main.mjs");
      const source = 'import { withPool } from "poolbook";\nconst three = 3;\n';
      const call = "withPool(1, (pool) => pool.map((x) => x * three, [1])).then((r) => console.log(r[0]));\n";
      writeFileSync(main, source + call);
      const runBundle = async (external: string[]) => {
        const outfile = path.join(folder, format === "esm" ? "out.mjs" : "out.cjs");
        await build({
          entryPoints: [main],
          bundle: true,
          platform: "node",
          format,
          outfile,
          external,
          logLevel: "silent",
          plugins: [
            {
              name: "only clusters need them",
              setup: ({ onResolve }) =>
                onResolve({ filter: /^(bullmq|ioredis)$/ }, () => ({ errors: [{ text: "not installed" }] })),
            },
          ],
        });
        return spawnSync(process.execPath, [outfile], { encoding: "utf8" });
      };
      const bundled = await runBundle([]);
      assert.equal(bundled.status, 1);
      assert.match(bundled.stderr, /Error: poolbook cannot be bundled, .*--external:poolbook/);
      const apart = await runBundle(["poolbook"]);
      assert.equal(apart.stdout, "3\n", apart.stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test("the published declarations compile under stock tslab's TypeScript, not strict", () => {
  const compilerOf = createRequire(require.resolve("tslab"));
  const compiler: typeof import("typescript") = compilerOf("@tslab/typescript-for-tslab");
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

test("no dependency brings a second `tsc` to where npm puts the project's own", () => {
  const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  const withCompiler = Object.keys(packages).filter(
    (folder) =>
      packages[folder].bin?.tsc && !packages[folder].dev && folder.lastIndexOf("node_modules") === 0,
  );
  assert.deepEqual(withCompiler, ["node_modules/typescript"]);
});

test("one file declares what the main entry exports, by the names of its source", () => {
  const declared = readFileSync(path.join(root, "dist/index.d.ts"), "utf8");
  assert.doesNotMatch(declared, /(?:from|import|import\() ?["']\.|^export (?!\{)/m);
  const namesIn = (text: string) =>
    [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)]
      .flatMap(([, names = ""]) => names.split(","))
      .map((name) => name.replace("type ", "").trim())
      .filter((name) => name)
      .sort();
  const source = namesIn(readFileSync(path.join(root, "src/index.ts"), "utf8"));
  assert.ok(source.length > 40);
  assert.deepEqual(namesIn(declared), source);
});

test("require() and import give the same, also in CommonJS TypeScript under tsx", async () => {
  const imported = await import("poolbook");
  assert.equal(require("poolbook").Pool, imported.Pool);
  const folder = mkdtempSync(path.join(tmpdir(), "poolbook-"));
  try {
    linkTo(folder);
    writeFileSync(
      path.join(folder, "a.cts"),
      'const { Pool } = require("poolbook"); console.log(typeof Pool);',
    );
    const tsx = path.join(root, "node_modules/tsx/dist/loader.mjs");
    const printed = execFileSync(process.execPath, ["--import", pathToFileURL(tsx).href, "a.cts"], {
      cwd: folder,
    });
    assert.equal(printed.toString(), "function\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("require() gives the same classes from a bundle where no ES module can be required, as under Jest", () => {
  const script = `
    const { FunctionTransferError, Pool, shared } = require("poolbook");
    class Own { constructor(x) { this.x = x; } get twice() { return this.x * 2; } }
    const [own, table] = [new Own(3), shared([1])];
    const pool = new Pool(1);
    const outcomes = [() => own.twice + table[0], () => { throw new RangeError(); }, () => process.argv, pool];
    Promise.all(outcomes.map((fn) => pool.apply(fn).catch((error) => error)))
      .then(([value, error, , refusal]) => {
        console.log(value, error instanceof RangeError, refusal instanceof TypeError);
        const pooled = pool;
        return pool.apply(() => pooled);
      })
      .catch((error) => console.log(error instanceof FunctionTransferError))
      .finally(() => pool.terminate());`;
  const throwing = (error: string) => `
    const module = require("node:module");
    const { createRequire } = module;
    module.createRequire = (file) => (/index.js$/.test(file) && file.includes("common-js"))
      ? () => { throw ${error}; }
      : createRequire(file);`;
  // As in an archive of Yarn's, where Node does not find what the package says of its own modules
  const archived = throwing('Object.assign(new Error(), { code: "ERR_PACKAGE_IMPORT_NOT_DEFINED" })');
  // As in Jest 29, which takes an ES module for CommonJS
  const misread = throwing('new SyntaxError("Cannot use import statement outside a module")');
  for (const [flags, before] of [
    [["--no-experimental-require-module"], ""],
    [[], archived],
    [[], misread],
  ] as const) {
    const options = [...flags, "--eval", `${before}${script}`];
    const printed = execFileSync(process.execPath, options, { cwd: root, encoding: "utf8" });
    assert.equal(printed, "7 true true\ntrue\n");
  }
});

test("the published declarations compile without skipLibCheck, from modules of both kinds", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "poolbook-"));
  try {
    linkTo(folder);
    writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
    const source = 'import { withPool } from "poolbook";\nimport { runNotebook } from "poolbook/runner";\n';
    const use =
      "export const made: Promise<number[]> = withPool(1, (pool) => pool.map((x: number) => x, [1]));\n";
    for (const name of ["a.ts", "b.cts"]) {
      writeFileSync(path.join(folder, name), `${source}export { runNotebook };\n${use}`);
    }
    const tsc = path.join(root, "node_modules/typescript-native/bin/tsc");
    for (const target of ["es2020", "es2022"]) {
      execFileSync(
        process.execPath,
        [tsc, "--noEmit", "--strict", "--target", target, "--module", "node16", "a.ts", "b.cts"],
        { cwd: folder },
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function linkTo(folder: string): void {
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(root, path.join(folder, "node_modules/poolbook"));
}
