import type { Comm, CommManager, CommOpenOptions } from "./comm.js";

/** The kernel as code in a cell's process finds it, whichever copy of this package that code is from. */
export interface KernelSeam {
  readonly comms: CommManager & { open(options: CommOpenOptions): Comm };
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
