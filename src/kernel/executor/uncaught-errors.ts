import { type Cell, currentCell } from "./cell/current-cell.js";
import { describeFailure } from "./failures/thrown-failure.js";
import type { ProtocolThread } from "./protocol-thread.js";

/** Errors that nothing catches are errors of the cell that caused them; the kernel goes on. */
export function reportUncaught(protocol: ProtocolThread, log: (text: string) => void): void {
  const report = (error: unknown) => {
    const cell = currentCell();
    if (cell) {
      failOrPublish(protocol, cell, error);
    } else {
      log(`${describeFailure(error).traceback.join("\n")}\n`);
    }
  };
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
}

function failOrPublish(protocol: ProtocolThread, cell: Cell, error: unknown): void {
  if (cell.fail) {
    cell.fail(error);
  } else {
    protocol.publish(cell, "error", describeFailure(error));
  }
}
