import { type Cell, currentCell } from "./cell/current-cell.js";
import { describeFailure } from "./failures/thrown-failure.js";
import { cellsListenTo, emitUncaught, noteTestRunner } from "./failures/uncaught-listeners.js";
import type { ProtocolThread } from "./protocol-thread.js";

// Cells may put another function in its place.
const { apply } = Reflect;

type Emit = (name: string | symbol, ...args: unknown[]) => boolean;

/**
 * Makes errors that nothing catches errors of the cell that caused them, and sends what is left when the process exits.
 * This is done behind the listeners that cells add, which may so handle an error as in any script, and not as one of
 * them, which a cell could remove.
 */
export function handleProcessEvents(protocol: ProtocolThread, log: (text: string) => void): void {
  const original = process.emit;
  const emit = (event: unknown[]): boolean => apply(original, process, event);
  const report = (error: unknown) => {
    const cell = currentCell();
    if (cell?.isInterrupted) {
      return true;
    }
    if (cell) {
      failOrPublish(protocol, cell, error);
    } else {
      log(`${describeFailure(error).traceback.join("\n")}\n`);
    }
    return true;
  };
  const emitAndHandle: Emit = (...event) => {
    const error: unknown = event[1];
    switch (event[0]) {
      case "exit":
        try {
          return emit(event);
        } finally {
          protocol.drain();
        }
      case "newListener":
        if (event[1] === "uncaughtException" || event[1] === "unhandledRejection") {
          noteTestRunner(event[2]);
        }
        return emit(event);
      case "uncaughtException":
        try {
          return emitUncaught(emit, event) || report(error);
        } catch (thrown) {
          return report(thrown);
        }
      case "unhandledRejection":
        return emitUncaught(emit, event) || (!cellsListenTo("uncaughtException") && report(error));
      default:
        return emit(event);
    }
  };
  Object.defineProperty(process, "emit", { value: emitAndHandle, writable: true, configurable: true });
}

function failOrPublish(protocol: ProtocolThread, cell: Cell, error: unknown): void {
  if (cell.fail) {
    cell.fail(error);
  } else {
    protocol.publish(cell, "error", describeFailure(error));
  }
}
