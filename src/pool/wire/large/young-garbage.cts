import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of arrays that may arrive before the memory of those that nobody uses any more is taken back. */
const mostUncollected = 4 * 2 ** 20;

let uncollected = 0;
let collectYoung: (() => void) | undefined;

/**
 * An array that has arrived leaves its memory to V8's collector. Node 20 frees it with the rest of the young generation;
 * newer ones let arrays pile up until they look through the whole heap, which costs more than the trips did, and take new
 * pages from the system for each. So the young generation is collected after some megabytes: behind the turn in which
 * arrays arrive, when those before them are free and the next ones not yet there.
 */
export function noteArrival(bytes: number): void {
  const wasDue = uncollected >= mostUncollected;
  uncollected += bytes;
  if (!wasDue && uncollected >= mostUncollected) {
    setImmediate(collect);
  }
}

function collect(): void {
  uncollected = 0;
  collectYoung ??= youngCollection();
  collectYoung();
}

/** V8 gives its collector to contexts that are made while a flag is set. */
function youngCollection(): () => void {
  const isGiven = "gc" in globalThis;
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("globalThis.gc");
  if (!isGiven) {
    setFlagsFromString("--no-expose-gc");
  }
  keepMemory();
  return typeof gc === "function" ? () => gc({ type: "minor" }) : () => {};
}

/** From now on the C library keeps what is freed, up to twice as much as this, instead of handing it back to the system. */
function keepMemory(): void {
  new ArrayBuffer(4 * mostUncollected);
}
