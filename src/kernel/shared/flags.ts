/** Places in the array of 32-bit flags that both threads share. */
export const flag = {
  /** 1 while the main thread must not be interrupted, because it compiles. */
  guarded: 0,
  /** The last interrupt that the main thread has seen. */
  interrupted: 1,
  /** Counts the answers to `input`. */
  answered: 2,
  /** Counts the `drain` messages that have been obeyed. */
  drained: 3,
  /** Messages posted to the worker and not yet sent to the front end. */
  pending: 4,
  /** Counts the messages posted to the worker that have a place among the output. */
  posted: 5,
} as const;

export function createFlags(): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * Object.keys(flag).length);
}
