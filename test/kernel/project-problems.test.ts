import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

for (const [mistake, text, said] of [
  [
    "is not well formed",
    '{ "compilerOptions": { "strict": true,, } }',
    /^tsconfig\.json:1:\d+ - error TS\d+: /,
  ],
  [
    "extends what is not there",
    '{ "extends": "./nowhere.json" }',
    /^tsconfig\.json.* - error TS\d+: .*nowhere\.json/,
  ],
] as const) {
  test(`a tsconfig.json that ${mistake} is named once, on stderr of the first cell`, async (context) => {
    const cwd = temporaryFolder(context);
    await writeFile(join(cwd, "tsconfig.json"), text);
    const kernel = await KernelClient.start({ cwd });
    try {
      const { stderr, result } = await kernel.execute("1 + 1");
      assert.equal(result, "2");
      assert.match(stderr, said);
      assert.equal((await kernel.execute("1 + 1")).stderr, "");
    } finally {
      await kernel.stop();
    }
  });
}
