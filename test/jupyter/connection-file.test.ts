import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { addressOf } from "#dist/jupyter/connection.js";
import { readConnectionFile } from "#dist/jupyter/connection-file.js";
import { NewConnectionFile } from "#dist/jupyter/new-connection-file.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

for (const transport of ["ipc", "tcp"] as const) {
  test(`a ${transport} connection file is read as it was created, by this user only, and removed`, async () => {
    const file = await NewConnectionFile.create({ kernelName: "tslab", transport });
    assert.deepEqual(readConnectionFile(file.path), file.connection);
    assert.equal(statSync(file.path).mode & 0o777, 0o600);
    file.remove();
    assert.ok(!existsSync(path.dirname(file.path)));
  });
}

test("a connection file holds the keys of an encrypted transport", async () => {
  const encryption = { curve_publickey: "p".repeat(40), curve_secretkey: "s".repeat(40) };
  const file = await NewConnectionFile.create({ kernelName: "tslab", transport: "ipc", encryption });
  const { curve_publickey, curve_secretkey } = JSON.parse(readFileSync(file.path, "utf8"));
  assert.deepEqual({ curve_publickey, curve_secretkey }, encryption);
  assert.deepEqual(readConnectionFile(file.path), file.connection);
  file.remove();
});

test("addressOf() speaks of paths for ipc and of ports for tcp", async () => {
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
  const rest = { key: "", signature_scheme: "hmac-sha256", ...ports };
  assert.equal(addressOf({ transport: "ipc", ip: "/tmp/kernel", ...rest }, "iopub"), "ipc:///tmp/kernel-2");
  assert.equal(addressOf({ transport: "tcp", ip: "127.0.0.1", ...rest }, "hb"), "tcp://127.0.0.1:5");
});

for (const [content, problem] of [
  ["{", /Cannot read the connection file .*broken\.json: /],
  ["[]", /Expected the connection file .*broken\.json to hold an object/],
  ["{}", /Expected `shell_port` in .*broken\.json to be an integer, got `undefined`/],
  ['{"key":7}', /Expected `key` in .*broken\.json to be a string, got `7`/],
  ['{"key":"","curve_publickey":"p"}', /`curve_publickey` in .*broken\.json to be a key of 40 characters/],
  [`{"key":"","curve_publickey":"${"p".repeat(40)}"}`, /Expected `curve_secretkey` in .*broken\.json/],
  [`{"key":"","curve_secretkey":"${"s".repeat(40)}"}`, /Expected `curve_publickey` in .*broken\.json/],
] as const) {
  test(`readConnectionFile() names the file and what is wrong with ${content}`, (t) => {
    const file = path.join(temporaryFolder(t), "broken.json");
    const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
    const whole = content.includes("key") ? JSON.stringify({ ...ports, ...JSON.parse(content) }) : content;
    writeFileSync(file, whole);
    assert.throws(() => readConnectionFile(file), problem);
  });
}
