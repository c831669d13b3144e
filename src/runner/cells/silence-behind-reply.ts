import type { Kernel, KernelMessage } from "@jupyterlab/services";
import type { CellOutcome } from "./cell-outcome.js";

type ExecuteFuture = Kernel.IShellFuture<KernelMessage.IExecuteRequestMsg, KernelMessage.IExecuteReplyMsg>;

/** Milliseconds without a message. A kernel says that it is idle right behind its last output and its reply. */
const patience = 60_000;

/**
 * Resolves when the kernel has replied, and then been silent for so long that its `idle` will not come: it has sent none, or
 * lost it, and perhaps outputs as well. Gives up when `signal` aborts. nbclient knows the same as `iopub_timeout`.
 */
export function silenceBehindReply(
  future: Pick<ExecuteFuture, "onReply" | "onIOPub">,
  signal: AbortSignal,
): Promise<CellOutcome> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => resolve(idleMissing()), patience);
    };
    future.onReply = wait;
    future.onIOPub = () => {
      if (timer) {
        wait();
      }
    };
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}

function idleMissing(): CellOutcome {
  const evalue = `the kernel has replied, but was silent for ${patience / 1000} s and did not say that it is idle; outputs may be missing`;
  return {
    status: "failed",
    error: { ename: "IdleNotReceivedError", evalue, traceback: [] },
    isUnexpected: true,
  };
}
