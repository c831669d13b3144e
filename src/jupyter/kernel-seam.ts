import type { Comm, CommManager, CommOpenOptions } from "./comm.js";

export interface ShowOptions {
  displayId?: string;
  update?: boolean;
  /** The value is data by MIME type. */
  raw?: boolean;
}

/** The kernel as code in a cell's process finds it, whichever copy of this package that code is from. */
export interface KernelSeam {
  readonly comms: CommManager & { open(options: CommOpenOptions): Comm };
  /** Binds a callback to the cell that runs: its output and its error are that cell's whenever it is called. */
  bind<Args extends unknown[]>(callback: (...args: Args) => unknown): (...args: Args) => unknown;
  /** Shows a value below the cell that runs, as the cell's own `display` does. */
  display(value: unknown, options: ShowOptions): void;
  /** True when a person sits at the front end of the cell that runs. */
  isWatched(): boolean;
}

const place = Symbol.for("poolbook.kernel");

export function offerKernel(seam: KernelSeam): void {
  Object.defineProperty(globalThis, place, { value: seam, configurable: true });
}

/** Undefined in a script, and in a worker of a pool. */
export function findKernel(): KernelSeam | undefined {
  return Reflect.get(globalThis, place);
}
