import { setImmediate, setTimeout } from "node:timers";
import type { Language } from "../typescript/index.js";

/** How long nobody may have asked for anything before the rest is loaded, which takes about as long. */
const quietTime = 300;

export interface WarmUp {
  /** Says that a task begins. */
  begin(): void;
  /** Says that it has ended. */
  end(): void;
}

/** Loads the language in steps while there is nothing else to do, so that no cell waits for what it does not need. */
export function startWarmUp(language: Language, run: (step: () => void) => void): WarmUp {
  let hasBegun = false;
  let timer: NodeJS.Timeout | undefined;
  let isDone = false;

  const wait = () => {
    timer = setTimeout(finish, quietTime).unref();
  };
  const finish = () => {
    isDone = true;
    run(() => language.loadAllTypes());
  };
  setImmediate(() => {
    run(() => language.load());
    // A first task that has come meanwhile goes before.
    setImmediate(() => {
      if (!hasBegun) {
        run(() => language.warm());
        wait();
      }
    });
  });
  return {
    begin() {
      hasBegun = true;
      clearTimeout(timer);
    },
    end() {
      if (!isDone) {
        clearTimeout(timer);
        wait();
      }
    },
  };
}
