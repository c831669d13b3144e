import { type Cell, currentCell } from "./cell.js";
import type { Connection } from "./connection.js";
import { describeFailure } from "./failure.js";

/** Errors that nothing catches are errors of the cell that caused them; the kernel goes on. */
export function reportUncaught(connection: Connection, log: (text: string) => void): void {
  const report = (error: unknown) => {
    const cell = currentCell();
    if (cell) {
      failOrPublish(connection, cell, error);
    } else {
      log(`${describeFailure(error).traceback.join("\n")}\n`);
    }
  };
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
}

function failOrPublish(connection: Connection, cell: Cell, error: unknown): void {
  if (cell.fail) {
    cell.fail(error);
  } else {
    connection.publish(cell, "error", describeFailure(error));
  }
}
