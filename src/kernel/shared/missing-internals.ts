import { writeSync } from "node:fs";

/** Says in one line on the kernel's own stderr that this Node lacks something of its insides, and what it costs. */
export function sayMissing(part: string, consequence: string): void {
  writeSync(
    2,
    `poolbook kernel: Node ${process.versions.node} keeps its ${part} otherwise than the kernel knows, so that ${consequence}; use another Node or a newer poolbook\n`,
  );
}
