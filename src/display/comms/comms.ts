import type { Comm, CommManager, CommOpenOptions, CommTarget } from "../../jupyter/comm.js";
import { findKernel, type KernelSeam } from "../../jupyter/kernel-seam.js";

/**
 * Opens a comm to the front end, after `create_comm` of Python's package `comm`. Throws an Error where no kernel runs
 * this code, a TypeError for data that JSON cannot hold.
 */
export function createComm(options: CommOpenOptions): Comm {
  return manager().open(options);
}

/**
 * The comms of this kernel, after `get_comm_manager()` of Python's package `comm`: `registerTarget(name, (comm, message) => …)` takes
 * those that the front end opens. A callback that throws shows its error below the cell that registered it. Where no
 * kernel runs this code, each of its functions throws an Error.
 */
export const commManager: CommManager = {
  get comms() {
    return manager().comms;
  },
  registerTarget(name: string, target: CommTarget) {
    manager().registerTarget(name, target);
  },
  unregisterTarget(name: string) {
    manager().unregisterTarget(name);
  },
};

function manager(): KernelSeam["comms"] {
  const kernel = findKernel();
  if (!kernel) {
    throw new Error("Cannot use comms: this code does not run in a notebook's TypeScript kernel");
  }
  return kernel.comms;
}
