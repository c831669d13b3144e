import type { Kernel } from "@jupyterlab/services";
import type { KernelExit } from "../kernel-exit.js";

// The time that a lost connection may take to come back before its kernel counts as lost.
const reconnectLimit = 30_000;

/** Resolves when the kernel behind a server has died, was shut down, or is out of reach for too long. */
export function untilLost(connection: Kernel.IKernelConnection): Promise<KernelExit> {
  return new Promise((resolve) => {
    const lost = (reason: string) => resolve({ code: null, signal: null, stderr: "", reason });
    let timer: NodeJS.Timeout | undefined;
    connection.statusChanged.connect((_, status) => {
      if (status === "dead" || status === "autorestarting") {
        lost("died on the server");
      }
    });
    connection.connectionStatusChanged.connect((_, status) => {
      clearTimeout(timer);
      if (status === "disconnected") {
        lost("was lost with the connection to the server");
      }
      if (status !== "connecting") {
        return;
      }
      timer = setTimeout(() => lost("was lost with the connection to the server"), reconnectLimit);
      timer.unref();
    });
    connection.disposed.connect(() => lost("was shut down"));
  });
}
