import { fileURLToPath } from "node:url";

/** A Jupyter kernelspec, the content of its `kernel.json`. */
export interface Kernelspec {
  argv: string[];
  display_name: string;
  language: "typescript" | "javascript";
  interrupt_mode: "message";
  kernel_protocol_version: string;
  metadata: Record<string, unknown>;
}

export interface KernelspecOptions {
  /** The kernel for JavaScript cells instead of TypeScript. */
  javascript?: boolean;
}

/** An interrupt may stop JavaScript inside a callback of Node's, which Node would take for a corruption of its hooks. */
export const nodeFlags = ["--no-force-async-hooks-checks"];

/**
 * Node 24 lets V8's young generation grow to 128 MB, where half of that makes loops that allocate no slower; 26 has as much
 * by itself. V8 takes the flag at the start of the process only; a kernel without it works as well.
 */
const memoryFlags = process.versions.node.startsWith("24.") ? ["--max-semi-space-size=32"] : [];

export const javascriptFlag = "--js";

/** The environment variable with the compiler options that a notebook's metadata ask for, as JSON. */
export const settingsVariable = "POOLBOOK_COMPILER_OPTIONS";

/** The environment variable that is `off` where the cells that are run shall not be kept for later sessions. */
export const historyVariable = "POOLBOOK_HISTORY";

/** The kernelspec by which Jupyter starts the kernel with the Node that runs now. */
export function kernelspec({ javascript = false }: KernelspecOptions = {}): Kernelspec {
  const launcher = fileURLToPath(new URL("./main.js", import.meta.url));
  return {
    argv: [
      process.execPath,
      ...nodeFlags,
      ...memoryFlags,
      launcher,
      "{connection_file}",
      ...(javascript ? [javascriptFlag] : []),
    ],
    display_name: javascript ? "JavaScript (tslab)" : "TypeScript (tslab)",
    language: javascript ? "javascript" : "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    metadata: { debugger: true, supported_encryption: "curve", poolbook: { transport: "ipc" } },
  };
}
