import { clearTimeout, setImmediate, setTimeout } from "node:timers";
import type { Language } from "../../language/index.js";
import { optimizeAgain, unoptimized } from "./unoptimized.js";

/** The time that a first task may take to come, which is then compiled without a detour. */
const headStart = 50;
/** The time without a request before the rest is loaded, which takes about as long. */
const quietTime = 300;

export interface WarmUp {
  /** Says that a task begins. */
  begin(): void;
  /** Runs a step of it in which a cell is compiled. */
  compile(step: () => void): void;
  /** Says that it has ended. */
  end(): void;
}

/** Loads the language in steps while there is nothing else to do, so that no cell waits for what it does not need. */
export function startWarmUp(language: Language, run: (step: () => void) => void): WarmUp {
  let hasBegun = false;
  let timer: NodeJS.Timeout | undefined;
  let isDone = false;
  // Code that this process has made itself is stored when it has compiled something, as it is by then.
  let isFirst = false;

  const compile = (step: () => void) => {
    if (isFirst) {
      isFirst = false;
      unoptimized(step);
    } else {
      step();
    }
  };
  const wait = () => {
    timer = setTimeout(finish, quietTime).unref();
  };
  const finish = () => {
    isDone = true;
    run(() => language.loadAllTypes());
  };
  setImmediate(() => {
    run(() => {
      isFirst = language.load();
    });
    setTimeout(() => {
      if (!hasBegun) {
        compile(() => run(() => language.warm()));
        wait();
      }
    }, headStart).unref();
  });
  return {
    begin() {
      hasBegun = true;
      clearTimeout(timer);
    },
    compile,
    end() {
      optimizeAgain();
      if (!isDone) {
        clearTimeout(timer);
        wait();
      }
    },
  };
}
