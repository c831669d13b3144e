import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { makeFolders } from "#dist/runner/files/make-folders.js";
import { namespaceProblem, systems } from "../../helpers/systems.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

test("folders are made where they are missing", (t) => {
  const folder = path.join(temporaryFolder(t), "a", "b");
  makeFolders(folder);
  makeFolders(folder);
  assert.ok(existsSync(folder));
});

test("a file in the way is named as what it is", (t) => {
  const file = path.join(temporaryFolder(t), "a");
  writeFileSync(file, "");
  assert.throws(() => makeFolders(file), { code: "EEXIST" });
  assert.throws(() => makeFolders(path.join(file, "b")), { code: "ENOTDIR" });
});

test("a disk that is read-only is said to be so, however many folders are missing", {
  skip: namespaceProblem(),
}, () => {
  const system = systems["Linux without /dev/shm"];
  const script = `
    const { makeFolders } = await import(${JSON.stringify(import.meta.resolve("#dist/runner/files/make-folders.js"))});
    for (const folder of ["/dev/shm/a", "/dev/shm/a/b"]) {
      try {
        makeFolders(folder);
      } catch (error) {
        console.log(error.code);
      }
    }`;
  const [command = "", ...args] = system.wrap([process.execPath, "--input-type=module", "-e", script]);
  const { stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  assert.deepEqual([stdout, stderr], ["EROFS\nEROFS\n", ""]);
});
