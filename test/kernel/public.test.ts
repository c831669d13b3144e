import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { poolbook } from "../helpers/poolbook.js";

const folder = fileURLToPath(new URL("../../../test/kernel/public", import.meta.url));

test("notebooks of the kinds that people have give what is stored in them", async () => {
  const { code, stdout, stderr } = await poolbook(["check", folder]);
  assert.equal(code, 0, `${stdout}${stderr}`);
  assert.equal(stdout.match(/^✓/gm)?.length, 17);
});
