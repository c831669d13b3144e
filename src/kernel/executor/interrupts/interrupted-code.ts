import type { InterruptQuestions } from "../../../language/index.js";
import { intact } from "../../shared/intact-builtins.js";
import { type Cell, causingCell } from "../cell/current-cell.js";

type AnyFunction = (...args: unknown[]) => unknown;

const isInterrupted = () => causingCell()?.isInterrupted === true;

function endIfInterrupted(): void {
  if (isInterrupted()) {
    throw new Error("The cell was interrupted");
  }
}

export const interruptQuestions: InterruptQuestions = {
  isInterrupted,
  endIfInterrupted,
  untilInterrupted: (callback) => {
    const owner = causingCell();
    return isFunction(callback)
      ? function (this: unknown, ...args: unknown[]) {
          return isInterrupted() || isLeft(owner) ? undefined : Reflect.apply(callback, this, args);
        }
      : callback;
  },
  orInterrupted: (callback) =>
    isFunction(callback)
      ? function (this: unknown, ...args: unknown[]) {
          endIfInterrupted();
          return Reflect.apply(callback, this, args);
        }
      : callback,
};

/** An interrupted cell's callback is called by something of earlier cells. Later cells may use it. */
function isLeft(owner: Cell | undefined): boolean {
  return owner?.isInterrupted === true && (causingCell()?.id ?? 0) < owner.id;
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}

/** Ends what the cell has started, and keeps its code from going on and from putting anything out. */
export function endInterrupted(cell: Cell): void {
  cell.isInterrupted = true;
  const started = intact(() => [...cell.started]);
  for (let index = 0; index < started.length; index++) {
    try {
      started[index]?.();
    } catch {
      // It has ended by itself.
    }
  }
  cell.started.clear();
}
