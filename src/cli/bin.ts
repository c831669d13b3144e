#!/usr/bin/env node
import { writeSync } from "node:fs";
import { nodeVersionProblem } from "../setup/node-version.js";
import { ExitCode } from "./exit-code.js";
import { writeWhole } from "./whole-writes.js";

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(`poolbook: ${problem}`);
  process.exit(ExitCode.couldNotRun);
}
// A reader that goes away, as `head` does, must not keep the work from being finished and saved; a stream that fails otherwise ends
// the program, and with it the kernels.
for (const [name, stream] of [
  ["stdout", process.stdout],
  ["stderr", process.stderr],
] as const) {
  writeWhole(stream);
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") {
      return;
    }
    if (stream !== process.stderr) {
      writeSync(process.stderr.fd, `poolbook: ${name} cannot be written to: ${error.message}\n`);
    }
    process.exit(ExitCode.couldNotRun);
  });
}
const { main } = await import("./program.js");
await main(process.argv);
