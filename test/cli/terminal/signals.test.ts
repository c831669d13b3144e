import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { ProcessMark } from "../../helpers/marked-processes.js";
import { finished, startPoolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

// Workers that sleep, spin, and a cell that spins: whatever runs when the signal comes must end.
const busy = path.resolve(import.meta.dirname, "../../../../test/fixtures/cli/busy.ipynb");

const signals = { SIGINT: 130, SIGTERM: 143, SIGKILL: null } as const;

for (const [signal, expected] of Object.entries(signals) as [keyof typeof signals, number | null][]) {
  for (const seconds of [0.05, 0.4, 0.8, 1.2, 1.7, 2.4, 3.2]) {
    test(`run killed by ${signal} after ${seconds} s leaves nothing behind`, async (t) => {
      const folder = temporaryFolder(t);
      const output = path.join(folder, "out");
      const mark = new ProcessMark();
      const child = startPoolbook(["run", busy, "--output-dir", output], {
        ...mark.env,
        TMPDIR: temporaryFolder(t),
      });
      const end = finished(child);
      await delay(seconds * 1000);
      child.kill(signal);
      const { code, signal: killedBy } = await end;

      assert.deepEqual(await mark.livingAfter(5), []);
      const saved = existsSync(output) ? readdirSync(output) : [];
      for (const name of saved.filter((name) => !name.startsWith("."))) {
        JSON.parse(readFileSync(path.join(output, name), "utf8"));
      }
      if (expected === null) {
        return assert.equal(killedBy, "SIGKILL");
      }
      // Before the program has begun to listen, the signal ends it as it ends any program.
      assert.ok(code === expected || killedBy === signal, `exit code ${code}, signal ${killedBy}`);
      assert.deepEqual(
        saved.filter((name) => name.startsWith(".")),
        [],
      );
    });
  }
}
