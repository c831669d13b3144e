import assert from "node:assert/strict";
import { test } from "node:test";
import { stdout } from "../../../helpers/notebook-value.js";
import { finished, startPoolbook } from "../../../helpers/poolbook.js";
import { writeStored } from "../../../helpers/stored-notebook.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

test("check --watch checks a notebook again when it is saved, until Ctrl-C", async (t) => {
  const folder = temporaryFolder(t);
  const stored = (text: string) =>
    writeStored(folder, "a.ipynb", [{ source: "console.log(1)", outputs: [stdout(text)] }]);
  const file = stored("2\n");
  const child = startPoolbook(["check", "--watch", file]);
  const end = finished(child);
  const shown = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      let text = "";
      const listen = (more: string) => {
        text += more;
        if (!pattern.test(text)) {
          return;
        }
        child.stdout?.off("data", listen);
        resolve();
      };
      child.stdout?.on("data", listen);
    });
  await shown(/✗ .*a\.ipynb[\s\S]*Watching 1 notebook; Ctrl-C ends/);
  const again = shown(/✓ .*a\.ipynb/);
  stored("1\n");
  await again;
  child.kill("SIGINT");
  const { code, signal } = await end;
  assert.deepEqual([code, signal], [130, null]);
});
