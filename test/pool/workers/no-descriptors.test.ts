import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fixtures } from "../../helpers/script.js";

test("a pool that runs out of file descriptors is broken and harms nothing else", async () => {
  const script = join(fixtures, "pool/no-descriptors.mjs");
  // A process group of its own: it is what a kill of process 0 would end.
  const child = spawn("sh", ["-c", 'ulimit -n 128; exec "$0" "$1"', process.execPath, script], {
    detached: true,
  });
  const [output, [exitCode, signal]] = await Promise.all([text(child.stdout), once(child, "close")]);
  assert.deepEqual([exitCode, signal], [0, null]);
  assert.match(output, /BrokenPoolError[\s\S]*\[ 2, 3 \]\nended\n$/);
});
