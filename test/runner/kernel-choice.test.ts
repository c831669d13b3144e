import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { selectKernel } from "#dist/runner/kernels/select-kernel.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const languages = { python3: "python", xpython: "python", ir: "R", tslab: "typescript", deno: "typescript" };

function installed(...names: (keyof typeof languages)[]) {
  return new Map(
    names.map((name) => [name as string, { name, display_name: name, language: languages[name], argv: [] }]),
  );
}

async function chosen(
  t: TestContext,
  { metadata = {}, poolbook = {}, kernels = installed("python3", "tslab") },
): Promise<string> {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ poolbook }));
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata, cells: [] };
  return (await selectKernel(notebook, kernels, path.join(folder, "n.ipynb"))).name;
}

test("a kernel is chosen by name, whatever its case; python means python3 where that is the only one", async (t) => {
  assert.equal(await chosen(t, { metadata: { kernelspec: { name: "Python3" } } }), "python3");
  assert.equal(await chosen(t, { metadata: { kernelspec: { name: "python" } } }), "python3");
});

test("poolbook.kernels has a kernel for a name that nobody has installed, and no other", async (t) => {
  const poolbook = { kernels: { "python3.9": "python3", tslab: "python3" } };
  assert.equal(await chosen(t, { poolbook, metadata: { kernelspec: { name: "Python3.9" } } }), "python3");
  assert.equal(await chosen(t, { poolbook, metadata: { kernelspec: { name: "tslab" } } }), "tslab");
  const metadata = { kernelspec: { name: "conda-env-x" } };
  await assert.rejects(chosen(t, { poolbook, metadata }), /no kernel named "conda-env-x" .*python3, tslab/);
  await assert.rejects(
    chosen(t, { poolbook: { kernels: { "conda-env-x": "none" } }, metadata }),
    /no kernel named "none"/,
  );
});

test("poolbook.kernel is the kernel of a notebook that names neither a kernel nor a language", async (t) => {
  assert.equal(await chosen(t, { poolbook: { kernel: "python" } }), "python3");
  await assert.rejects(chosen(t, {}), /choose one with --kernel, .*`poolbook\.kernel` in package\.json/);
});

test("of several kernels for a notebook's language the usual one is chosen, or none", async (t) => {
  const kernels = installed("deno", "tslab", "xpython", "python3", "ir");
  const of = (language: string, found = kernels) =>
    chosen(t, { metadata: { language_info: { name: language } }, kernels: found });
  assert.equal(await of("python"), "python3");
  assert.equal(await of("TypeScript"), "tslab");
  assert.equal(await of("r"), "ir");
  assert.equal(await of("python", installed("xpython")), "xpython");
  await assert.rejects(of("julia"), /for its language julia no kernel is installed/);
});

for (const poolbook of [{ kernel: 3 }, { kernels: [] }, { kernels: { a: 1 } }]) {
  test(`poolbook settings ${JSON.stringify(poolbook)} are refused by name`, async (t) => {
    await assert.rejects(
      chosen(t, { poolbook }),
      /package\.json: expected `poolbook\.kernels?(\["a"\])?` to be/,
    );
  });
}
