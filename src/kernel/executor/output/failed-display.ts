import type { Cell } from "../cell/current-cell.js";
import { describeFailure } from "../failures/thrown-failure.js";
import type { ProtocolThread } from "../protocol-thread.js";

/** Says why a value did not show itself in its own way; it is shown as text. */
export function reportFailedDisplay(protocol: ProtocolThread, cell: Cell, error: unknown): void {
  const { traceback } = describeFailure(error);
  protocol.write(cell, "stderr", Buffer.from(`The value does not show itself. ${traceback.join("\n")}\n`));
}
