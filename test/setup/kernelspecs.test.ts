import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { findKernelspec, findKernelspecs, NoSuchKernelError } from "#dist/setup/kernelspecs.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

function install(dataDir: string, name: string, kernel: unknown): void {
  const folder = path.join(dataDir, "kernels", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, "kernel.json"),
    typeof kernel === "string" ? kernel : JSON.stringify(kernel),
  );
}

/** Points Jupyter's search path into `folder` for one test. */
function searchIn(test: TestContext, folder: string): { explicit: string; prefix: string; user: string } {
  const dirs = {
    explicit: path.join(folder, "explicit"),
    prefix: path.join(folder, "prefix"),
    user: path.join(folder, "user"),
  };
  const wanted = { JUPYTER_PATH: dirs.explicit, VIRTUAL_ENV: dirs.prefix, JUPYTER_DATA_DIR: dirs.user };
  const before = { ...process.env };
  Object.assign(process.env, wanted);
  test.after(() => {
    for (const name of Object.keys(wanted)) {
      delete process.env[name];
    }
    Object.assign(process.env, before);
  });
  return { ...dirs, prefix: path.join(dirs.prefix, "share", "jupyter") };
}

const spec = (display_name: string) => ({ argv: ["x", "{connection_file}"], display_name, language: "x" });

test("findKernelspecs() searches JUPYTER_PATH, its own kernel, the environment, the user's folder", async (t) => {
  const dirs = searchIn(t, temporaryFolder(t));
  for (const dir of [dirs.explicit, dirs.prefix, dirs.user]) {
    install(dir, "Everywhere", spec(dir));
  }
  for (const dir of [dirs.prefix, dirs.user]) {
    install(dir, "tslab", spec(dir));
  }
  const specs = await findKernelspecs();
  assert.equal(specs.get("everywhere")?.display_name, dirs.explicit);
  assert.equal(specs.get("tslab")?.display_name, "TypeScript (tslab)");
});

test("findKernelspecs() lets JUPYTER_PATH replace its own kernel", async (t) => {
  const dirs = searchIn(t, temporaryFolder(t));
  install(dirs.explicit, "tslab", spec("another tslab"));
  assert.equal((await findKernelspec("tslab")).display_name, "another tslab");
});

test("findKernelspecs() passes over what is no kernelspec", async (t) => {
  const dirs = searchIn(t, temporaryFolder(t));
  install(dirs.user, "broken", "{");
  install(dirs.user, "empty", {});
  install(dirs.user, "good", spec("good"));
  const names = [...(await findKernelspecs()).keys()];
  assert.ok(names.includes("good"));
  assert.ok(!names.includes("broken") && !names.includes("empty"), names.join());
});

test("findKernelspec() lists the installed kernels when there is none of that name", async (t) => {
  const dirs = searchIn(t, temporaryFolder(t));
  install(dirs.user, "good", spec("good"));
  await assert.rejects(
    findKernelspec("nix"),
    (error) => error instanceof NoSuchKernelError && /"nix".*good.*tslab/.test(error.message),
  );
});
