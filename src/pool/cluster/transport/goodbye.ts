/** Milliseconds that the last words to the broker get: it may be away. */
const patience = 2000;

/** Waits for them, but not for long; what they leave behind goes by itself. */
export async function sayGoodbye(words: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([words.catch(() => {}), enough]);
  clearTimeout(timer);
}
