import type { Kernel } from "@jupyterlab/services";
import type { Kernelspec } from "../../setup/found-kernelspec.js";
import type { MemoryMeter } from "./direct/memory/memory-meter.js";
import type { KernelExit } from "./kernel-exit.js";

/** A place that runs kernels: this machine, or a Jupyter server. */
export interface KernelHost {
  kernelspecs(): Promise<Map<string, Kernelspec>>;
  /** Resolves when the kernel answers. Throws KernelStartError, or the reason of `options.signal`. */
  start(spec: Kernelspec, options: StartOptions): Promise<RunningKernel>;
}

export interface StartOptions {
  /** The kernel's working directory. */
  cwd: string;
  /** Seconds until the kernel must answer. */
  startTimeout: number;
  /** Gives up when it aborts. */
  signal: AbortSignal;
}

/** A kernel that answers, however it is reached. */
export interface RunningKernel {
  connection: Kernel.IKernelConnection;
  /** Resolves when the kernel has ended or is out of reach, whoever caused it; never rejects. */
  exited: Promise<KernelExit>;
  /** Measures its memory, where that is possible. */
  memory?: MemoryMeter;
  interrupt(): void;
  /** Ends the kernel and what it started, at once. */
  kill(): void;
  /** Asks the kernel to end, and ends it when it does not. Resolves when it and what it started are gone. */
  shutdown(): Promise<void>;
}
