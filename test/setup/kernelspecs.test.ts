import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
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
  install(dirs.user, "wordless", { ...spec("wordless"), argv: [] });
  install(dirs.user, "numbers", { ...spec("numbers"), argv: ["x", 1] });
  install(dirs.user, "good", spec("good"));
  const names = [...(await findKernelspecs()).keys()];
  assert.ok(names.includes("good"));
  for (const name of ["broken", "empty", "wordless", "numbers"]) {
    assert.ok(!names.includes(name), names.join());
  }
  for (const [name, sentence] of [
    ["Broken", /"Broken" cannot be used: .*broken\/kernel\.json: not JSON: /],
    ["empty", /empty\/kernel\.json: expected `argv` to be a list of words, got `nothing`/],
    ["wordless", /wordless\/kernel\.json: .* got `\[\]`/],
    ["numbers", /numbers\/kernel\.json: .* got `\["x",1\]`/],
  ] as const) {
    await assert.rejects(
      findKernelspec(name),
      (error) => error instanceof NoSuchKernelError && sentence.test(error.message),
    );
  }
});

test("findKernelspec() takes a kernelspec that is sound rather than one of the same name that is not", async (t) => {
  const dirs = searchIn(t, temporaryFolder(t));
  install(dirs.explicit, "one", "{");
  install(dirs.user, "one", spec("sound"));
  assert.equal((await findKernelspec("one")).display_name, "sound");
});

test("findKernelspec() lists the installed kernels when there is none of that name", async (t) => {
  const dirs = searchIn(t, temporaryFolder(t));
  install(dirs.user, "good", spec("good"));
  await assert.rejects(
    findKernelspec("nix"),
    (error) => error instanceof NoSuchKernelError && /"nix".*good.*tslab/.test(error.message),
  );
});

test("findKernelspecs() fills in what a kernelspec lacks", async (t) => {
  const dirs = searchIn(t, temporaryFolder(t));
  install(dirs.user, "Bare", { argv: ["x"], env: 5 });
  const { display_name, language, env } = await findKernelspec("bare");
  assert.deepEqual({ display_name, language, env }, { display_name: "bare", language: "", env: {} });
});

/** Puts a program into `folder` that answers a question with `answer`. */
function program(folder: string, name: string, answer = ""): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(path.join(folder, name), 0o755);
}

test("findKernelspecs() searches beside the Pythons on the PATH, environments before the user's folder", async (t) => {
  const folder = temporaryFolder(t);
  const dirs = searchIn(t, folder);
  const [environment, hosted, other] = ["environment", "hosted", "other"].map((name) =>
    path.join(folder, name),
  );
  assert.ok(environment && hosted && other);
  program(path.join(environment, "bin"), "python");
  writeFileSync(path.join(environment, "pyvenv.cfg"), "");
  program(path.join(hosted, "bin"), "python3");
  program(path.join(other, "bin"), "ruby");
  for (const prefix of [environment, hosted, other]) {
    const data = path.join(prefix, "share", "jupyter");
    install(data, path.basename(prefix), spec(prefix));
    install(data, prefix === environment ? "early" : "late", spec(prefix));
  }
  install(dirs.user, "early", spec("the user's"));
  install(dirs.user, "late", spec("the user's"));
  process.env.PATH = [hosted, other, environment]
    .map((prefix) => path.join(prefix, "bin"))
    .join(path.delimiter);
  const specs = await findKernelspecs();
  assert.ok(specs.has("environment") && specs.has("hosted"));
  assert.ok(!specs.has("other"));
  assert.equal(specs.get("early")?.display_name, environment);
  assert.equal(specs.get("late")?.display_name, "the user's");
});

test("findKernelspecs() asks the Python behind a shim, where nothing else has a python3", async (t) => {
  const folder = temporaryFolder(t);
  const dirs = searchIn(t, folder);
  const prefix = path.join(folder, "versions", "3.14");
  install(path.join(prefix, "share", "jupyter"), "python3", spec("behind a shim"));
  const shims = path.join(folder, "shims");
  program(shims, "python3", prefix);
  process.env.PATH = shims;
  assert.equal((await findKernelspec("python3")).display_name, "behind a shim");
  install(dirs.user, "python3", spec("the user's"));
  assert.equal((await findKernelspec("python3")).display_name, "the user's");
});
