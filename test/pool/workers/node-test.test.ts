import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtures, startScript } from "../../helpers/script.js";

const folder = `${fixtures}pool/node-test`;

test("under `node --test` a pool prints nothing of its own and passes on no debugger", async () => {
  const options = ["--test", `--test-reporter=${folder}/printed.mjs`];
  const script = startScript("pool/node-test/pool.mjs", [], { NODE_TEST_CONTEXT: undefined }, options);
  assert.equal((await script.ended).exitCode, 0, script.stdout);
  assert.deepEqual([script.stdout, script.stderr], ["", ""]);
});

test("with `--inspect` a worker opens a debugger of its own, as workerpool offers", async () => {
  const script = startScript("pool/debugged.mjs", [], {}, ["--inspect=0"]);
  assert.equal((await script.ended).exitCode, 0, script.stderr);
  assert.match(script.stdout, /^ws:/);
});
