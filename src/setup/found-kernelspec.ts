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
