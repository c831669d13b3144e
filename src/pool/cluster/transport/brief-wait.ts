/** Milliseconds that the broker gets to answer: it may be away. */
const patience = 2000;

/** Waits for answers of the broker, but not for long, and whatever they are. */
export async function waitBriefly(answers: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([answers.catch(() => {}), enough]);
  clearTimeout(timer);
}
