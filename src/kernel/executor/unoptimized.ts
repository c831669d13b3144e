import { setFlagsFromString } from "node:v8";

/** Flags with which somebody has chosen V8's compilers. */
const choice = /opt|turbo|maglev|jit/;

const { execArgv, env, versions } = process;
const isPossible = !choice.test([...execArgv, env.NODE_OPTIONS ?? ""].join(" "));

/**
 * The flags for it, and for V8's defaults. In Node 22, `--opt` does not bring back the state of before, at which V8 refuses
 * the code that it has stored; there nothing is small enough to be optimised.
 */
const [off, on] = versions.node.startsWith("22.")
  ? ["--max-optimized-bytecode-size=0", "--max-optimized-bytecode-size=61440"]
  : ["--no-opt", "--opt"];

let isOff = false;

/**
 * Runs the step without V8's optimising compiler. Code that has just been loaded is hot at once, and its first work is over
 * before it is optimised, which takes a core as long.
 */
export function unoptimized(step: () => void): void {
  if (isPossible) {
    isOff = true;
    setFlagsFromString(off);
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
    setFlagsFromString(on);
  }
}
