const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when the signal aborts, until the function that it returns is called. However many wait for one signal, it
 * has one listener, so that Node suspects no leak.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const waiting = callbacks.get(signal) ?? listen(signal);
  waiting.add(callback);
  return () => waiting.delete(callback);
}

function listen(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>();
  callbacks.set(signal, waiting);
  signal.addEventListener("abort", () => {
    for (const callback of [...waiting]) {
      callback();
    }
  });
  return waiting;
}
