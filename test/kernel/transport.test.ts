import assert from "node:assert/strict";
import { test } from "node:test";
import { curveKeyPair, Request } from "zeromq";
import { KernelClient } from "../helpers/kernel-client.js";

for (const transport of ["ipc", "tcp"] as const) {
  for (const key of ["secret", ""]) {
    test(`the ${transport} transport works with ${key ? "a" : "an empty"} key`, async () => {
      const kernel = await KernelClient.start({ transport, key });
      try {
        assert.equal((await kernel.execute("1 + 1")).result, "2");
      } finally {
        await kernel.stop();
      }
    });
  }
}

for (const transport of ["ipc", "tcp"] as const) {
  test(`the ${transport} transport is encrypted with the keys of the connection file, and is shut without them`, async () => {
    const { publicKey, secretKey } = curveKeyPair();
    const encryption = { curve_publickey: publicKey, curve_secretkey: secretKey };
    const kernel = await KernelClient.start({ transport, encryption });
    const open = new Request({ linger: 0 });
    const refused = new Promise((resolve) => {
      open.events.on("handshake:error:protocol", resolve);
    });
    try {
      open.connect(kernel.address("hb"));
      assert.equal((await kernel.execute("1 + 1")).result, "2");
      await refused;
    } finally {
      open.close();
      await kernel.stop();
    }
  });
}

test("the heartbeat answers while a cell is busy", async () => {
  const kernel = await KernelClient.start();
  const heartbeat = new Request({ linger: 0, receiveTimeout: 5000 });
  try {
    heartbeat.connect(kernel.address("hb"));
    kernel.submit("console.log('started'); while (true) {}");
    await kernel.waitFor(({ content }) => content.text === "started\n");
    await heartbeat.send("ping");
    assert.equal((await heartbeat.receive()).toString(), "ping");
  } finally {
    heartbeat.close();
    await kernel.stop();
  }
});

test("the JavaScript kernel runs JavaScript and says so", async () => {
  const kernel = await KernelClient.start({ javascript: true });
  try {
    const { reply } = await kernel.request("kernel_info_request", {});
    assert.deepEqual(
      [reply.content.implementation, reply.content.language_info.name],
      ["jslab", "javascript"],
    );
    assert.equal((await kernel.execute("let x = { a: 1 }; x.a + 1")).result, "2");
  } finally {
    await kernel.stop();
  }
});
