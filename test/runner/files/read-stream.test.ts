import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { readLimited } from "#dist/runner/files/read-limited.js";
import { writeNotebook } from "../../helpers/notebook.js";
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

async function endedBySigterm(child: ChildProcess): Promise<number | null> {
  const ended = finished(child);
  await delay(2000);
  child.kill("SIGTERM");
  const limit = delay(5000, undefined, { ref: false }).then(() => child.kill("SIGKILL"));
  const { code } = await Promise.race([ended, limit.then(() => ended)]);
  return code;
}

for (const command of ["run", "check", "typecheck"]) {
  test(`${command} that waits for a named pipe to be written to is ended by a signal`, async (t) => {
    assert.equal(await endedBySigterm(startPoolbook([command, pipeFor(t)])), 143);
  });

  test(`${command} that waits for the writer of a named pipe is ended by a signal`, async (t) => {
    const pipe = pipeFor(t);
    const writer = spawn("sh", ["-c", 'exec sleep 30 > "$0"', pipe], { stdio: "ignore" });
    t.after(() => writer.kill("SIGKILL"));
    assert.equal(await endedBySigterm(startPoolbook([command, pipe])), 143);
  });
}

test("run /dev/stdin is run -", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", ["process.cwd()"]);
  const child = startPoolbook(["run", "/dev/stdin", "-o", "-"], {}, "pipe");
  child.stdin?.end(readFileSync(notebook));
  const { code, stdout, stderr } = await finished(child);
  assert.equal(code, 0, stderr);
  assert.ok(stdout.includes(JSON.stringify(`'${process.cwd()}'`)), stdout);
});
