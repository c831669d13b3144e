import { setFlagsFromString } from "node:v8";

/** Flags with which somebody has chosen V8's compilers. */
const choice = /opt|turbo|maglev|jit/;

const { execArgv, env, versions } = process;
/** Node 22 has other flags than at first once these are put back, at which V8 refuses the code that it has stored. */
const isPossible =
  !versions.node.startsWith("22.") && !choice.test([...execArgv, env.NODE_OPTIONS ?? ""].join(" "));

let isOff = false;

/**
 * Runs the step without V8's optimising compiler. Code that has just been loaded is hot at once, and its first work is over
 * before it is optimised, which takes a core as long.
 */
export function unoptimized(step: () => void): void {
  if (isPossible) {
    isOff = true;
    setFlagsFromString("--no-opt");
  }
  try {
    step();
  } finally {
    optimizeAgain();
  }
}

/** To be called behind a step that may have been terminated, at which nothing of it goes on. */
export function optimizeAgain(): void {
  if (isOff) {
    isOff = false;
    setFlagsFromString("--opt");
  }
}
