import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { protocolVersion } from "#dist/jupyter/message.js";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { pythonOf } from "#dist/setup/python-environment.js";
import { createJupyterData } from "../helpers/jupyter-data.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";

const client = `
import os, sys, time
from jupyter_client import KernelManager
transport, policy, folder = sys.argv[1:]
manager = KernelManager(kernel_name="tslab", transport=transport, transport_encryption=policy)
if transport == "ipc":
    manager.ip = os.path.join(folder, policy)
manager.start_kernel()
client = manager.client()
try:
    client.start_channels()
    client.wait_for_ready(timeout=60)
    reply = client.execute_interactive("1 + 1", timeout=60, output_hook=lambda message: None)
    patience = time.monotonic() + 60
    while not client.hb_channel.is_beating() and time.monotonic() < patience:
        time.sleep(0.1)
    print(reply["content"]["status"], client.hb_channel.is_beating(), manager.curve_publickey is not None)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
`;

for (const transport of ["tcp", "ipc"]) {
  for (const policy of ["disabled", "auto", "required"]) {
    test(`jupyter_client runs a cell over ${transport} with transport_encryption ${policy}`, async () => {
      const environment = await usePythonEnvironment();
      const data = await createJupyterData();
      try {
        const { stdout } = await promisify(execFile)(
          pythonOf(environment),
          ["-c", client, transport, policy, data.folder],
          { env: data.env },
        );
        assert.equal(stdout.trim(), `ok True ${policy === "disabled" ? "False" : "True"}`);
      } finally {
        await data.remove();
      }
    });
  }
}

test("kernelspec() says the version of the protocol that the kernel speaks", () => {
  assert.equal(kernelspec().kernel_protocol_version, protocolVersion);
});
