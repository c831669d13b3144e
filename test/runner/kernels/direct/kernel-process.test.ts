import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { KernelStartError, runNotebook } from "poolbook/runner";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { writeNotebook } from "../../../helpers/notebook.js";
import { poolbook } from "../../../helpers/poolbook.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

/** Installs a kernelspec called `odd` for one test, and gives a notebook for it. */
function notebookFor(t: TestContext, spec: object, cells: string[] = ["1"]): string {
  const folder = temporaryFolder(t);
  const resourceDir = path.join(folder, "kernels", "odd");
  mkdirSync(resourceDir, { recursive: true });
  writeFileSync(
    path.join(resourceDir, "kernel.json"),
    JSON.stringify({ display_name: "odd", language: "x", ...spec }),
  );
  const before = process.env.JUPYTER_PATH;
  process.env.JUPYTER_PATH = folder;
  t.after(() => {
    if (before === undefined) {
      delete process.env.JUPYTER_PATH;
    } else {
      process.env.JUPYTER_PATH = before;
    }
  });
  return writeNotebook(folder, "n.ipynb", cells, { kernelspec: { name: "odd" } });
}

const isStartError = (problem: RegExp) => (error: unknown) =>
  error instanceof KernelStartError && problem.test(error.message);

test("a kernel gets its kernelspec's variables, with this process's own put in", async (t) => {
  const own = kernelspec();
  const env = { GREETING: "$SUBJECT, hello", UNKNOWN: "$NOT_THERE $$SUBJECT" };
  process.env.SUBJECT = "World";
  t.after(() => delete process.env.SUBJECT);
  const file = notebookFor(t, { ...own, env }, ["console.log(process.env.GREETING, process.env.UNKNOWN)"]);
  const { notebook } = await runNotebook(file);
  const [output] = (notebook.cells[0]?.outputs ?? []) as { text: string }[];
  assert.equal(output?.text, "World, hello $NOT_THERE $SUBJECT\n");
});

test("a kernel that speaks TCP runs as well", async (t) => {
  const file = notebookFor(t, { ...kernelspec(), metadata: {} }, ["console.log('over TCP')"]);
  const { status } = await runNotebook(file);
  assert.equal(status, "ok");
});

const shownKeys = `const file = process.argv.find((argument) => argument.endsWith("connection.json"));
const { transport, curve_publickey } = JSON.parse(require("fs").readFileSync(file, "utf8"));
console.log(transport, curve_publickey?.length);`;

for (const [supportedEncryption, shown] of [
  ["curve", "tcp 40"],
  [["curve"], "tcp 40"],
  [undefined, "tcp undefined"],
] as const) {
  test(`a kernel over TCP whose kernelspec says ${supportedEncryption} gets ${shown} as its keys`, async (t) => {
    const spec = { ...kernelspec(), metadata: { supported_encryption: supportedEncryption } };
    const { notebook } = await runNotebook(notebookFor(t, spec, [shownKeys]));
    const [output] = (notebook.cells[0]?.outputs ?? []) as { text: string }[];
    assert.equal(output?.text, `${shown}\n`);
  });
}

test("a kernel that ends at once is started a second time, and then its last words are the reason", async (t) => {
  const script = "console.error('no room here'); process.exit(7)";
  const file = notebookFor(t, { argv: [process.execPath, "-e", script, "{connection_file}"] });
  const reasons: string[] = [];
  const run = runNotebook(file, {
    onEvent: (event) => {
      if (event.type === "kernel-start-failed") {
        reasons.push(event.reason);
      }
    },
  });
  await assert.rejects(run, isStartError(/kernel "odd" exited with code 7: no room here before it answered/));
  assert.equal(reasons.length, 1);
});

test("a kernel whose program does not exist is named", async (t) => {
  const file = notebookFor(t, { argv: ["no-such-program-of-poolbook", "{connection_file}"] });
  await assert.rejects(
    runNotebook(file),
    isStartError(/could not be run: there is no no-such-program-of-poolbook, which .*kernel\.json names$/),
  );
});

test("a program that may not be run, and a folder that is not there, are named", async (t) => {
  const folder = temporaryFolder(t);
  const isNot = notebookFor(t, { argv: [folder, "{connection_file}"] });
  await assert.rejects(runNotebook(isNot), isStartError(/, which .*kernel\.json names, may not be run$/));
  const file = notebookFor(t, { argv: [process.execPath, "{connection_file}"] });
  const cwd = path.join(folder, "none");
  await assert.rejects(
    runNotebook(file, { cwd }),
    isStartError(/could not be run: there is no folder .*none$/),
  );
});

test("a kernelspec of poolbook's that names files which are gone says how to renew it", async (t) => {
  const [node = "", ...rest] = kernelspec().argv;
  const moved = rest.map((part) => part.replace(/^.*main\.js$/, "/old/poolbook/dist/kernel/main.js"));
  await assert.rejects(
    runNotebook(notebookFor(t, { ...kernelspec(), argv: [node, ...moved] })),
    isStartError(/names \/old\/poolbook\/dist\/kernel\/main\.js, which is gone; renew/),
  );
  const nodeGone = notebookFor(t, { ...kernelspec(), argv: ["/old/bin/node", ...rest] });
  await assert.rejects(
    runNotebook(nodeGone),
    isStartError(
      /names \/old\/bin\/node, which is gone; renew it with "npx poolbook kernel install --prefix /,
    ),
  );
});

test("a kernel that never answers is given up after the start timeout, and ended", async (t) => {
  const file = notebookFor(t, {
    argv: [process.execPath, "-e", "setInterval(() => {}, 1000)", "{connection_file}"],
  });
  await assert.rejects(runNotebook(file, { startTimeout: 1 }), isStartError(/did not answer within 1 s/));
});

test("nothing that a run has left keeps the program from ending", async (t) => {
  const file = notebookFor(t, kernelspec(), ["1", "2"]);
  const script = `const { runNotebook } = await import("poolbook/runner");
await runNotebook(${JSON.stringify(file)});
await new Promise(setImmediate);
console.log(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  assert.equal(stdout, "0\n");
});

test("a kernel starts where the folder for temporary files has a path that is too long for sockets", async (t) => {
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", ["1 + 1"]);
  const deep = path.join(temporaryFolder(t), "x".repeat(100));
  mkdirSync(deep);
  const { code, stderr } = await poolbook(["run", file], { TMPDIR: deep });
  assert.equal(code, 0, stderr);
  const none = await poolbook(["run", file], { TMPDIR: path.join(deep, "none") });
  assert.equal(none.code, 2);
  assert.match(none.stderr, /no folder can be made in .*none, where temporary files belong \(ENOENT\)/);
});
