import { createRequire } from "node:module";

/*
 * A notebook without its kernel: tslab's own converter and executor, in a process of its own. Each message is a
 * cell; each answer says whether it succeeded and what was written.
 */
const require = createRequire(import.meta.url);
const { createConverter } = require("tslab/dist/converter.js");
const { createExecutor } = require("tslab/dist/executor.js");

const written = { stdout: "", stderr: "" };
for (const name of ["stdout", "stderr"] as const) {
  process[name].write = ((chunk: string | Uint8Array) => {
    written[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    return true;
  }) as typeof process.stdout.write;
}

const node = createConverter({ isJS: false, isBrowser: false });
const executor = createExecutor(process.cwd(), { node, close: () => node.close() }, console);

process.on("message", async (cell: string) => {
  written.stdout = "";
  written.stderr = "";
  const succeeded: boolean = await executor.execute(cell);
  process.send?.({ succeeded, ...written });
});
process.send?.("ready");
