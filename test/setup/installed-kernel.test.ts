import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { installKernels } from "#dist/setup/kernel-installation.js";
import { KernelClient } from "../helpers/kernel-client.js";
import { writeNotebook } from "../helpers/notebook.js";
import { poolbook } from "../helpers/poolbook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

interface Installed {
  dataFolder: string;
  argv: string[];
  /** Makes the kernelspec name a package that is not there. */
  loosePackage(): void;
}

async function install(t: TestContext, name: string, displayName?: string): Promise<Installed> {
  const dataFolder = path.join(temporaryFolder(t), "a b", "share", "jupyter");
  const { kernelspecs } = await installKernels(dataFolder, [{ name, displayName }]);
  const file = path.join(kernelspecs[0] ?? "", "kernel.json");
  const spec = JSON.parse(readFileSync(file, "utf8"));
  const loosePackage = () => {
    spec.argv = spec.argv.map((word: string) => word.replace(/.*main\.js$/, "/gone/poolbook/main.js"));
    writeFileSync(file, JSON.stringify(spec));
  };
  return { dataFolder, argv: spec.argv, loosePackage };
}

test("an installed kernelspec starts the kernel in the process that its client started, with the usual arguments", async (t) => {
  const { argv } = await install(t, "tslab");
  const kernel = await KernelClient.start({
    withArgv: (usual) => argv.map((word) => (word === "{connection_file}" ? (usual.at(-1) ?? "") : word)),
  });
  try {
    const { result } = await kernel.execute("[process.pid, process.argv[1], process.argv.length].join()");
    const launcher = kernelspec().argv.find((word) => word.endsWith("main.js"));
    assert.equal(result, `'${kernel.process.pid},${launcher},3'`);
    assert.equal(kernel.log, "");
  } finally {
    await kernel.stop();
  }
});

test("an installed kernelspec whose package is gone says so, and how to renew it", async (t) => {
  const { dataFolder, argv, loosePackage } = await install(t, "mine", "My own");
  loosePackage();
  const [node = "", ...args] = argv;
  const flagsAndScript = args.slice(0, args.findIndex((each) => !each.startsWith("-")) + 1);
  const { status, stderr } = spawnSync(
    node,
    [...flagsAndScript, "/gone/poolbook/main.js", "connection.json"],
    { encoding: "utf8" },
  );
  const prefix = path.resolve(dataFolder, "../..");
  const command = `npx poolbook kernel install --prefix "${prefix}" --name mine --display-name "My own"`;
  assert.equal(status, 2);
  assert.equal(
    stderr,
    `poolbook kernel: the package is gone, there is no /gone/poolbook/main.js; renew this kernel where poolbook is installed, with: ${command}\n`,
  );
});

test("the runner says of such a kernelspec once that its package is gone", async (t) => {
  const { dataFolder, loosePackage } = await install(t, "mine");
  loosePackage();
  const notebook = writeNotebook(path.dirname(dataFolder), "n.ipynb", ["1"], {
    kernelspec: { name: "mine" },
  });
  const { code, stdout, stderr } = await poolbook(["run", notebook], { JUPYTER_PATH: dataFolder });
  assert.equal(code, 2);
  assert.match(
    stdout + stderr,
    /names \/gone\/poolbook\/main\.js, which is gone; renew it with "npx .* --name mine"/,
  );
  assert.equal(`${stdout}${stderr}`.split("is gone").length, 2);
});
