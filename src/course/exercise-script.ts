import { parseArgs } from "node:util";
import { runCalls } from "./exercise-calls.js";

const usage = "usage: npm run exercise -- [--workers N] [--tasks N], with N from 1 to 50";

try {
  const { values } = parseArgs({ options: { workers: { type: "string" }, tasks: { type: "string" } } });
  await runCalls(numberOf("workers", values.workers), numberOf("tasks", values.tasks));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 2;
}

function numberOf(option: string, text = "5"): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 50) {
    return value;
  }
  throw new RangeError(`Expected --${option} to be a whole number from 1 to 50, got \`${text}\``);
}
