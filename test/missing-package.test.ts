import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { installPackage, manifest } from "./helpers/installed-package.js";

const remedy = "install them with: npm install --include=optional";

describe("poolbook without its optional dependencies", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "poolbook-"));
  before(() => {
    installPackage(folder, Object.keys(manifest.dependencies));
    writeFileSync(path.join(folder, "n.ipynb"), '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}');
  });
  after(() => rmSync(folder, { recursive: true }));
  const node = (...args: string[]) =>
    spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", input: "" });

  it("gives the pool, what notebooks show, and a timeline as text", () => {
    const script = `
      import { timeline, withPool } from "poolbook";
      import { html } from "poolbook/display";
      const tasks = await withPool(1, async (pool) => {
        console.log(await pool.map((x) => x * x, [1, 2, 3]), typeof html);
        return pool.tasks;
      });
      console.log(timeline(tasks).table.split("\\n").length);`;
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
    assert.equal(printed.toString(), "[ 1, 4, 9 ] function\n6\n");
  });

  const imports: Record<string, [code: string, missing: string]> = {
    "poolbook/runner": ['await import("poolbook/runner")', "zeromq"],
    "poolbook/checker": ['await import("poolbook/checker")', "typescript"],
    "require of poolbook/runner": [
      'import { createRequire } from "node:module"; createRequire(process.cwd() + "/a.js")("poolbook/runner")',
      "zeromq",
    ],
    "the picture of a timeline": [
      'import { timeline } from "poolbook"; await timeline([]).svg()',
      "linkedom",
    ],
  };
  for (const [door, [code, missing]] of Object.entries(imports)) {
    it(`${door} names what is missing, and the command that installs it`, () => {
      const { status, stderr } = node("--input-type=module", "-e", code);
      assert.equal(status, 1);
      assert.match(stderr, new RegExp(`MissingPackageError: .*"${missing}" is missing.*${remedy}`));
    });
  }

  const commands = [
    "run n.ipynb",
    "check n.ipynb",
    "typecheck n.ipynb",
    "inspect n.ipynb",
    "diff n.ipynb n.ipynb",
    "format n.ipynb --exclude out",
    "lsp",
    "lab",
    "kernel install --prefix .",
    "course test .",
  ];
  for (const command of commands) {
    it(`poolbook ${command} says so in one line, and that it could not run`, () => {
      const { status, stderr } = node("node_modules/poolbook/dist/cli/bin.js", ...command.split(" "));
      assert.equal(status, 2, stderr);
      const [, missing = ""] =
        new RegExp(`^poolbook: .*"(\\S+)" is missing\\); ${remedy}\n$`).exec(stderr) ?? [];
      assert.ok(missing in manifest.optionalDependencies, stderr);
    });
  }

  it("the kernel says so when a Jupyter starts it", () => {
    const { status, stderr } = node("node_modules/poolbook/dist/kernel/main.js", "connection.json");
    assert.equal(status, 2);
    assert.match(stderr, new RegExp(`^poolbook kernel: .* is missing\\); ${remedy}\\n$`));
  });

  it("another TypeScript than the one it was made for, such as the project's, is not taken for it", () => {
    const typescript = path.join(folder, "node_modules", "typescript");
    mkdirSync(typescript);
    writeFileSync(path.join(typescript, "package.json"), '{ "name": "typescript", "version": "5.9.3" }');
    writeFileSync(path.join(typescript, "index.js"), "");
    const { stderr } = node("--input-type=module", "-e", 'await import("poolbook/checker")');
    assert.match(
      stderr,
      new RegExp(`MissingPackageError: poolbook needs "typescript" [\\d.]+ and finds 5\\.9\\.3: .*${remedy}`),
    );
  });

  it("a peer is told by the command that installs it", () => {
    const { stderr } = node(
      "node_modules/poolbook/dist/cli/bin.js",
      ..."course site . --output-dir site".split(" "),
    );
    assert.equal(
      stderr,
      'poolbook: this needs "shiki", which is not installed; install it with: npm install shiki\n',
    );
  });
});
