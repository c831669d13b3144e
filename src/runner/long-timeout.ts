// A timer of Node that is to take longer goes off at once.
export const longestTimer = 2 ** 31 - 1;

/** Calls `action` after that many milliseconds, be they infinite or more than a timer takes; what it returns ends the wait. */
export function longTimeout(action: () => void, milliseconds: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = (left: number): void => {
    timer = setTimeout(
      () => (left > longestTimer ? wait(left - longestTimer) : action()),
      Math.min(left, longestTimer),
    );
  };
  if (milliseconds !== Number.POSITIVE_INFINITY) {
    wait(milliseconds);
  }
  return () => clearTimeout(timer);
}
