import type { Kernel } from "@jupyterlab/services";
import type { Kernelspec } from "../../setup/kernelspecs.js";

/** Where kernels run: on this machine, or behind a Jupyter server. */
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
  interrupt(): void;
  /** Ends the kernel and what it started, at once. */
  kill(): void;
  /** Asks the kernel to end, and ends it when it does not. Resolves when it and what it started are gone. */
  shutdown(): Promise<void>;
}

/** How a kernel ended: its process' exit, or why it is out of reach. */
export interface KernelExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last it wrote on its own stderr. */
  stderr: string;
  reason?: string;
}

/** How a kernel ended, in words, with the last lines of its stderr. */
export function describeExit({ code, signal, stderr, reason }: KernelExit): string {
  const exit = signal
    ? `was killed by ${signal}`
    : code === null
      ? "could not be run"
      : `exited with code ${code}`;
  return stderr === "" ? (reason ?? exit) : `${reason ?? exit}: ${stderr.split("\n").slice(-5).join("\n")}`;
}

/** Thrown when a kernel did not start: it ended, did not answer in time, or could not be run. */
export class KernelStartError extends Error {
  override name = "KernelStartError";

  constructor(
    message: string,
    /** Whether a second start may go better: a port may have been taken meanwhile. */
    readonly mayBeRetried: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
