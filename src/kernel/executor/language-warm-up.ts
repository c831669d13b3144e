import { clearTimeout, setImmediate, setTimeout } from "node:timers";
import type { Language } from "../../language/index.js";

/** The time that a first task may take to come, which is then compiled without a detour. */
const headStart = 50;
/** The time without a request before the rest is loaded, which takes about as long. */
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
    setTimeout(() => {
      if (!hasBegun) {
        run(() => language.warm());
        wait();
      }
    }, headStart).unref();
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
