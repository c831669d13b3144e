import path from "node:path";

/** A kernelspec as `kernel.json` holds it, with the folder it was found in. */
export interface Kernelspec {
  name: string;
  /** The folder of `kernel.json`; absent for a kernelspec that no file holds. */
  resourceDir?: string;
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode?: "signal" | "message";
  env?: Record<string, string>;
  metadata?: Record<string, unknown>;
}

/** The prefix of the Python or Jupyter below which a kernelspec's folder stands: `PREFIX/share/jupyter/kernels/NAME`. */
export function prefixOfKernelspec(resourceDir: string): string {
  return path.resolve(resourceDir, "..", "..", "..", "..");
}
