import type { Kernelspec } from "../../setup/found-kernelspec.js";
import type { RunEvent } from "../result/run-event.js";
import type { KernelHost, RunningKernel, StartOptions } from "./kernel-host.js";
import { KernelStartError } from "./kernel-start-error.js";

/** A kernel that ends before it answers may have met a port that was taken meanwhile, so it gets a second chance. */
export async function startKernel(
  host: KernelHost,
  spec: Kernelspec,
  options: StartOptions,
  onEvent: (event: RunEvent) => void,
): Promise<RunningKernel> {
  try {
    return await host.start(spec, options);
  } catch (error) {
    if (!(error instanceof KernelStartError) || !error.mayBeRetried) {
      throw error;
    }
    onEvent({ type: "kernel-start-failed", reason: error.message });
    return await host.start(spec, options);
  }
}
