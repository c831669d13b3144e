import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { allGone } from "../../helpers/processes.js";
import { startScript } from "../../helpers/script.js";
import { systems } from "../../helpers/systems.js";

/** Milliseconds after its parent's death in which every worker must be gone. */
const limit = 2000;

const ways = {
  "by the kernel's death signal": {},
  "by the watchdog, where there is no setpriv": systems["Linux without setpriv"].env,
  "by the watchdog, on darwin": systems.darwin.env,
  "by the watchdog, on win32": systems.win32.env,
};

for (const [way, env] of Object.entries(ways)) {
  describe(`workers end with their parent, ${way}`, () => {
    for (const signal of ["SIGKILL", "SIGTERM"] as const) {
      test(`while they spin, after ${signal}`, async () => {
        const script = startScript("pool/spinning-parent.mjs", ["spinning"], env);
        const [, pids] = await script.until(/pids ([\d ]+)/);
        await script.until(/spinning[\s\S]*spinning/);
        script.child.kill(signal);
        await allGone((pids ?? "").split(" ").map(Number), limit);
      });
    }

    test("while they are idle", async () => {
      const script = startScript("pool/spinning-parent.mjs", ["idle"], env);
      const [, pids] = await script.until(/pids ([\d ]+)/);
      await script.until(/started[\s\S]*started/);
      script.child.kill("SIGKILL");
      await allGone((pids ?? "").split(" ").map(Number), limit);
    });

    test("while they boot", async () => {
      const script = startScript("pool/spinning-parent.mjs", ["booting"], env);
      const [, pids] = await script.until(/pids ([\d ]+)/);
      assert.equal((await script.ended).signal, "SIGKILL");
      await allGone((pids ?? "").split(" ").map(Number), limit);
    });
  });
}
