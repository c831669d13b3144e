import { setTimeout as delay } from "node:timers/promises";
import type { ChildSlots } from "../../shared/child-slots.js";
import { signalAll } from "../../shared/process-tree.js";
import { descendants, isAlive } from "./process-tree.js";

/** Time for `exit` handlers of the main thread, and for children to obey SIGTERM. */
const exitTime = 350;
const childTime = 250;

/** Ends the children of this process. */
export async function endChildren(noted: ChildSlots): Promise<void> {
  const children = descendants(noted.pids);
  signalAll(children, "SIGTERM");
  const end = Date.now() + childTime;
  while (children.some(isAlive) && Date.now() < end) {
    await delay(10);
  }
  signalAll(children.filter(isAlive), "SIGKILL");
}

export interface EndOfMainThread {
  /** Asks the main thread to end the process; it calls for `endChildren`. */
  exit(): void;
  /** Stops what it is busy with. */
  interrupt(): Promise<void>;
}

/** Ends the process: by its main thread, or without it when that is busy. */
export async function terminate(noted: ChildSlots, main: EndOfMainThread): Promise<void> {
  main.exit();
  await delay(exitTime);
  await endChildren(noted);
  process.kill(process.pid, "SIGKILL");
  // The first process of a container is deaf to its own signal. What was said first may have been lost with the rest.
  await main.interrupt();
  main.exit();
}
