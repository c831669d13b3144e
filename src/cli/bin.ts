#!/usr/bin/env node
import { nodeVersionProblem } from "../setup/node-version.js";
import { ExitCode } from "./exit-code.js";

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(`poolbook: ${problem}`);
  process.exit(ExitCode.couldNotRun);
}
// A reader that goes away, as `head` does, must not keep the work from being finished and saved.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
  });
}
const { main } = await import("./program.js");
await main(process.argv);
