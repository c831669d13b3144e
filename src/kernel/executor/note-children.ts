import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import type { ChildSlots } from "../shared/child-slots.js";
import { canListProcesses } from "../shared/process-list.js";

/** Notes the children that cells start, where the system would not tell which there are. */
export function noteChildren(slots: ChildSlots): void {
  if (canListProcesses()) {
    return;
  }
  subscribe("child_process", (message) => {
    const { process: child } = message as { process: ChildProcess };
    // It gets its PID next, and the cell may be busy from then on.
    Object.defineProperty(child, "pid", {
      configurable: true,
      enumerable: true,
      set(pid: number | undefined) {
        const plain = { configurable: true, enumerable: true, writable: true, value: pid };
        Object.defineProperty(child, "pid", plain);
        if (pid !== undefined) {
          slots.add(pid);
          child.once("exit", () => slots.remove(pid));
        }
      },
    });
  });
}
