/** The end of a kernel: its process' exit, or why it is out of reach. */
export interface KernelExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last it wrote on its own stderr. */
  stderr: string;
  reason?: string;
  /** The system killed it because memory ran out. */
  isOutOfMemory?: boolean;
}

/** The kernel ended because memory ran out: the system's, or that of its own heap. */
export function isOutOfMemory({ isOutOfMemory: isKilled, stderr }: KernelExit): boolean {
  return isKilled === true || /heap out of memory|std::bad_alloc|Cannot allocate memory/.test(stderr);
}

/** The exit in words, with the last lines of the kernel's stderr. */
export function describeExit(kernelExit: KernelExit): string {
  const { code, signal, stderr, reason } = kernelExit;
  const end = signal
    ? `was killed by ${signal}`
    : code === null
      ? "could not be run"
      : `exited with code ${code}`;
  const exit = isOutOfMemory(kernelExit) ? `ran out of memory and ${end}` : end;
  const words = lastWords(stderr);
  return words === "" ? (reason ?? exit) : `${reason ?? exit}: ${words}`;
}

// V8 writes its own stack and its last collections around the one line that says why.
const fatal = /^FATAL ERROR: (.*)$/m;

function lastWords(stderr: string): string {
  return fatal.exec(stderr)?.[1] ?? stderr.split("\n").slice(-5).join("\n");
}
