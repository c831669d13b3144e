import assert from "node:assert/strict";
import { test } from "node:test";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { outdatedKernelspec } from "#dist/kernel/outdated-kernelspec.js";
import { KernelClient } from "../helpers/kernel-client.js";

const flag = "--no-force-async-hooks-checks";
const renewal = /kernelspec of another version of poolbook.*"npx poolbook kernel install --prefix PREFIX"/;

test("outdatedKernelspec() is silent about the kernelspecs of this version, and about further flags of Node's", () => {
  for (const javascript of [false, true]) {
    const [, ...argv] = kernelspec({ javascript }).argv;
    const launcher = argv.findIndex((argument) => argument.endsWith("main.js"));
    const execArgv = argv.slice(0, launcher);
    const flags = argv.slice(launcher + 2);
    assert.equal(outdatedKernelspec({ execArgv, flags }), undefined);
    assert.equal(outdatedKernelspec({ execArgv: ["--inspect", ...execArgv], flags }), undefined);
  }
});

test("outdatedKernelspec() accepts a flag of Node's that NODE_OPTIONS gives", () => {
  assert.equal(outdatedKernelspec({ execArgv: [], flags: [], nodeOptions: `--inspect ${flag}` }), undefined);
});

test("outdatedKernelspec() names what is missing and what is not known", () => {
  const sentence = outdatedKernelspec({ execArgv: [], flags: ["--js", "--old"] }) ?? "";
  assert.match(sentence, /\(--no-force-async-hooks-checks is missing, --old is not known\)/);
  assert.match(sentence, renewal);
});

test("a kernel of another version's kernelspec works, and says with its first cell how to renew it", async () => {
  const kernel = await KernelClient.start({ withArgv: (argv) => argv.filter((part) => part !== flag) });
  try {
    const silent = await kernel.execute("0", { silent: true });
    assert.equal(silent.stderr, "");
    const first = await kernel.execute("1 + 1");
    assert.match(first.stderr, renewal);
    assert.equal(first.result, "2");
    assert.equal((await kernel.execute("1 + 2")).stderr, "");
    assert.match(kernel.log, renewal);
  } finally {
    await kernel.stop();
  }
});

test("a kernel of this version's kernelspec says nothing of it", async () => {
  const kernel = await KernelClient.start();
  try {
    assert.equal((await kernel.execute("1 + 1")).stderr, "");
    assert.equal(kernel.log, "");
  } finally {
    await kernel.stop();
  }
});
