import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { readLimited } from "#dist/runner/files/read-limited.js";
import { finished, startPoolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

function pipeFor(t: TestContext): string {
  const file = path.join(temporaryFolder(t), "pipe.ipynb");
  execFileSync("mkfifo", [file]);
  return file;
}

test("readLimited() reads all that is written to a named pipe, whenever its writer comes and however it pauses", async (t) => {
  const file = pipeFor(t);
  const script = 'sleep 0.3; exec > "$0"; sleep 0.3; head -c 200000 /dev/zero; sleep 0.3; echo end';
  const writer = spawn("sh", ["-c", script, file], { stdio: "ignore" });
  const bytes = await readLimited(file);
  assert.equal(bytes.length, 200_004);
  assert.equal(bytes.subarray(-4).toString(), "end\n");
  assert.ok(writer.exitCode !== null || (await new Promise((resolve) => writer.once("exit", resolve))) === 0);
});

test("run that waits for a named pipe to be written to is ended by a second signal", {
  timeout: 30_000,
}, async (t) => {
  const child = startPoolbook(["run", pipeFor(t)]);
  const ended = finished(child);
  await delay(1500);
  child.kill("SIGINT");
  await delay(300);
  child.kill("SIGINT");
  const limit = delay(5000, undefined, { ref: false }).then(() => child.kill("SIGKILL"));
  const { code } = await Promise.race([ended, limit.then(() => ended)]);
  assert.equal(code, 130);
});
