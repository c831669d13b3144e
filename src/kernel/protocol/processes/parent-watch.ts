import { isAlive } from "./process-tree.js";

const interval = 200;

/**
 * Calls `onDeath` when the process that started the kernel is gone: the parent changes, or the process that
 * jupyter_client names in JPY_PARENT_PID does not exist, which also finds a parent that died while the kernel started.
 */
export function watchParent(onDeath: () => void): void {
  const parent = process.ppid;
  const named = Number(process.env.JPY_PARENT_PID ?? 0);
  const check = () => {
    if (process.ppid !== parent || (named > 1 && !isAlive(named))) {
      clearInterval(timer);
      onDeath();
    }
  };
  const timer = setInterval(check, interval);
  check();
}
