/** The code that runs now, up to its next `await`. */
export interface Turn {
  readonly isOver: boolean;
}

const settled = Promise.resolve();

let current: Turn | undefined;

/** One object for all that ask in one turn; it is over before anything goes on that they let go on. */
export function thisTurn(): Turn {
  if (!current) {
    const turn = { isOver: false };
    current = turn;
    settled.then(() => {
      turn.isOver = true;
      current = undefined;
    });
  }
  return current;
}
