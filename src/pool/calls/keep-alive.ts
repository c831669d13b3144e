import { setInterval } from "node:timers";

/*
 * Keeps the main process alive while somebody needs it, and only then: the workers' own handles never do, so that a
 * script which forgets its pool still ends by itself.
 */

const aDay = 24 * 60 * 60 * 1000;

/** One for all pools, for good: to make one for each call takes longer than what else is done for it. */
let timer: NodeJS.Timeout | undefined;
let holders = 0;

export function keepAlive(): void {
  timer ??= setInterval(() => {}, aDay);
  if (holders++ === 0) {
    timer.ref();
  }
}

export function letEnd(): void {
  if (--holders === 0) {
    timer?.unref();
  }
}

export async function keepAliveUntil(end: Promise<unknown>): Promise<void> {
  keepAlive();
  try {
    await end;
  } finally {
    letEnd();
  }
}
