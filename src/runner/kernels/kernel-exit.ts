/** The end of a kernel: its process' exit, or why it is out of reach. */
export interface KernelExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last it wrote on its own stderr. */
  stderr: string;
  reason?: string;
}

/** The exit in words, with the last lines of the kernel's stderr. */
export function describeExit({ code, signal, stderr, reason }: KernelExit): string {
  const exit = signal
    ? `was killed by ${signal}`
    : code === null
      ? "could not be run"
      : `exited with code ${code}`;
  return stderr === "" ? (reason ?? exit) : `${reason ?? exit}: ${stderr.split("\n").slice(-5).join("\n")}`;
}
