import { fileURLToPath } from "node:url";

/** A Jupyter kernelspec, the content of its `kernel.json`. */
export interface Kernelspec {
  argv: string[];
  display_name: string;
  language: "typescript" | "javascript";
  interrupt_mode: "message";
  metadata: Record<string, unknown>;
}

export interface KernelspecOptions {
  /** The kernel for JavaScript cells instead of TypeScript. */
  javascript?: boolean;
}

/**
 * How Jupyter starts the kernel with the Node that runs now.
 *
 * An interrupt may stop JavaScript inside a callback of Node's, which Node would take for a corruption of its hooks.
 */
export function kernelspec({ javascript = false }: KernelspecOptions = {}): Kernelspec {
  const launcher = fileURLToPath(new URL("./main.js", import.meta.url));
  return {
    argv: [
      process.execPath,
      "--no-force-async-hooks-checks",
      launcher,
      "{connection_file}",
      ...(javascript ? ["--js"] : []),
    ],
    display_name: javascript ? "JavaScript (tslab)" : "TypeScript (tslab)",
    language: javascript ? "javascript" : "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false, poolbook: { transport: "ipc" } },
  };
}
