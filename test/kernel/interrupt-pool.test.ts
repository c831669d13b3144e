import assert from "node:assert/strict";
import { test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";
import { allGone } from "../helpers/processes.js";

test("an interrupt while a cell awaits tasks ends the workers that are busy, and the pool goes on", async (t) => {
  const kernel = await KernelClient.start({ cwd: process.cwd() });
  t.after(() => kernel.stop());
  await kernel.execute('import { Pool } from "poolbook"; const pool = new Pool(2);');
  await kernel.execute("await Promise.all([1, 2].map(() => pool.apply(() => 0)));");
  const busy = await kernel.execute("console.log(pool.pids.join())");
  const pids = busy.stdout.trim().split(",").map(Number);
  assert.equal(pids.length, 2);

  const id = kernel.submit(
    'const spin = () => { console.log("spinning"); for (;;); };\nawait Promise.all([pool.apply(spin), pool.apply(spin)]);',
  );
  let spinning = 0;
  await kernel.waitFor(({ parent_header, content }) => {
    if (parent_header.msg_id === id) {
      spinning += String(content.text ?? "").split("spinning").length - 1;
    }
    return spinning === 2;
  });
  const exchange = kernel.exchange(id);
  await kernel.request("interrupt_request", {}, "control");
  assert.equal((await exchange).reply.content.ename, "KeyboardInterrupt");
  await allGone(pids, 5000);
  assert.equal((await kernel.execute("await pool.apply((n: number) => n + 1, [41])")).result, "42");
  await kernel.execute("await pool.terminate()");
});
