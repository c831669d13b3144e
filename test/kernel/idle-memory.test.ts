import assert from "node:assert/strict";
import { test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

test("an idle kernel gives back the memory that its cells do not use any more", async () => {
  const kernel = await KernelClient.start();
  try {
    const { reply } = await kernel.execute(
      `const megabytes = () => process.memoryUsage().rss / 2 ** 20;
       let kept = Array.from({ length: 3_000_000 }, (_, i) => ({ i }));
       kept = [];
       const before = megabytes();
       setInterval(() => { if (megabytes() < before - 60) { console.log("given back"); } }, 100);`,
    );
    assert.equal(reply.content.status, "ok");
    await kernel.waitFor(({ content }) => content.text?.includes("given back") === true);
  } finally {
    await kernel.stop();
  }
});
