import type { Kernel } from "@jupyterlab/services";
import type { KernelExit } from "./kernel-process.js";

/** A kernel that answers, however it is reached. */
export interface RunningKernel {
  connection: Kernel.IKernelConnection;
  /** Resolves when the kernel has ended, whoever ended it; never rejects. */
  exited: Promise<KernelExit>;
  interrupt(): void;
  /** Ends the kernel and what it started, at once. */
  kill(): void;
  /** Asks the kernel to end, and ends it when it does not. Resolves when it and what it started are gone. */
  shutdown(): Promise<void>;
}

/** Thrown when a kernel did not start: it ended, did not answer in time, or could not be run. */
export class KernelStartError extends Error {
  override name = "KernelStartError";
}
