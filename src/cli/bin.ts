#!/usr/bin/env node
import { nodeVersionProblem } from "../setup/node-version.js";

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(`poolbook: ${problem}`);
  process.exit(2);
}
const { main } = await import("./program.js");
await main(process.argv);
