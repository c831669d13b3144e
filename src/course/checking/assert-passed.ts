import { progress } from "./progress.js";

/**
 * Throws an Error unless the exercise has passed its check: what a program that gives marks looks at. Put it behind the
 * cell with the check.
 *
 * @example
 * assertPassed("total")
 */
export function assertPassed(name: string): void {
  const outcome = progress().get(name) ?? "not attempted";
  if (outcome !== "passed") {
    throw new Error(`${name}: ${outcome}`);
  }
}
