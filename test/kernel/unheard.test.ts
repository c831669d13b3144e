import assert from "node:assert/strict";
import { test } from "node:test";
import { Subscriber } from "zeromq";
import { KernelClient } from "../helpers/kernel-client.js";

const floods = {
  "lines in a loop": `console.log("x".repeat(100));`,
  "lines with a callback": `process.stdout.write("x".repeat(100), () => {});`,
  "lines between awaits": `console.log("x".repeat(100)); await null;`,
  displays: `display("x".repeat(1000));`,
};

test("a flood that nobody listens to needs little memory, and who listens again is told of it once", async () => {
  const kernel = await KernelClient.start();
  try {
    await kernel.execute("const megabytes = () => process.memoryUsage().rss / 2 ** 20;");
    kernel.stopListening();
    for (const [name, line] of Object.entries(floods)) {
      const id = kernel.submit(
        `{ const before = megabytes(); let most = 0;
           for (let i = 0; i < 200_000; i++) { ${line} if (i % 1000 === 0) most = Math.max(most, megabytes()); }
           if (most - before > 100) throw new Error(\`\${most - before} MB\`); }`,
      );
      const { content } = await kernel.waitFor(({ parent_header }) => parent_header.msg_id === id, "shell");
      assert.equal(content.status, "ok", `${name}: ${content.evalue}`);
    }
    const again = new Subscriber({ linger: 0 });
    again.connect(kernel.address("iopub"));
    again.subscribe();
    let last: string | undefined;
    const texts: string[] = [];
    for await (const frames of again) {
      const message = frames.map(String);
      texts.push(message.at(-1) ?? "");
      if (message.some((frame) => frame.includes('"iopub_welcome"'))) {
        last = kernel.submit("console.log('heard')");
      } else if (texts.at(-1)?.includes('"idle"') && message.some((frame) => last && frame.includes(last))) {
        break;
      }
    }
    const places = (text: string) => texts.flatMap((each, index) => (each.includes(text) ? [index] : []));
    const told = places("Earlier output was dropped, because no front end listened");
    assert.equal(told.length, 1, String(told));
    assert.ok(Number(told[0]) < Number(places("heard\\n")[0]));
    again.close();
  } finally {
    await kernel.stop();
  }
});
