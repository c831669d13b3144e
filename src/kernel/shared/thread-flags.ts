/** Places in the array of 32-bit flags that both threads share. */
export const flag = {
  /** The side that may not be disturbed: nobody, the main thread (which compiles), or the worker (which terminates it). */
  guard: 0,
  /** The last interrupt that the main thread has seen. */
  interrupted: 1,
  /** Counts the answers to `input`. */
  answered: 2,
  /** Counts the `drain` messages that have been obeyed. */
  drained: 3,
  /** Characters of publications posted to the worker and not yet sent to the front end. */
  pending: 4,
  /** The last fence that has been passed. */
  fence: 7,
  /** Counts the messages posted to the worker that have a place among the output. */
  posted: 5,
  /** The last task that the main thread has begun. */
  begun: 6,
} as const;

export const guard = { free: 0, compiling: 1, terminating: 2 } as const;

export function createFlags(): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * Object.keys(flag).length);
}
