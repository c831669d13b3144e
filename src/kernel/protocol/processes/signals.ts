import { createRequire } from "node:module";
import { constants } from "node:os";
import { sayMissing } from "../../shared/missing-internals.js";

interface SignalWatcher {
  onsignal: () => void;
  start(signal: number): number;
}

const missing = "SIGTERM leaves running what cells have started, and SIGINT ends the kernel";

/**
 * Calls a function on a signal, also while the main thread is busy, and whatever listeners cells remove. `process.on`
 * does not serve worker threads, Node's binding below it does; this thread alone is started with the flag that exposes
 * it.
 */
export function onSignals(listeners: Partial<Record<NodeJS.Signals, () => void>>): void {
  try {
    const { Signal } = signalBinding();
    for (const [name, onSignal] of Object.entries(listeners)) {
      const watcher = new Signal();
      watcher.onsignal = onSignal;
      watcher.start(constants.signals[name as NodeJS.Signals]);
    }
  } catch {
    sayMissing("signals", missing);
  }
}

function signalBinding(): { Signal: new () => SignalWatcher } {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return createRequire(import.meta.url)("internal/test/binding").internalBinding("signal_wrap");
  } finally {
    process.emitWarning = emitWarning;
  }
}
