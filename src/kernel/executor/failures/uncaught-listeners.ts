import { intact } from "../../shared/intact-builtins.js";
import { attempt } from "./shown-text.js";

// Cells may put other functions in the place of these.
const { apply } = Reflect;
const { rawListeners } = process;

/** The listeners of node:test, which stay when its tests are over. */
const testRunners = new WeakSet<object>();

/** Notes a listener of `uncaughtException` or `unhandledRejection`, while it is added, as node:test's if it is. */
export function noteTestRunner(listener: unknown): void {
  const stack = attempt(() => String(new Error().stack));
  if (typeof listener === "function" && stack && intact(() => stack.includes("node:internal/test_runner"))) {
    intact(() => testRunners.add(listener));
  }
}

export function cellsListenTo(name: string): boolean {
  return listenersOf(name).ofCells.length > 0;
}

/** Emits an error that nothing has caught; false when it is of no running test and cells have no listener. */
export function emitUncaught(emit: (event: unknown[]) => boolean, event: unknown[]): boolean {
  const { ofTests, ofCells } = listenersOf(String(event[0]));
  if (ofTests.length === 0) {
    return emit(event);
  }
  for (let index = 0; index < ofTests.length; index++) {
    if (failsTest(ofTests[index] as Listener, event[1])) {
      return true;
    }
  }
  for (let index = 0; index < ofCells.length; index++) {
    apply(ofCells[index] as Listener, process, [event[1], event[2]]);
  }
  return ofCells.length > 0;
}

type Listener = ReturnType<typeof rawListeners>[number];

function listenersOf(name: string): { ofTests: Listener[]; ofCells: Listener[] } {
  return intact(() => {
    const listeners: Listener[] = apply(rawListeners, process, [name]);
    return {
      ofTests: listeners.filter((listener) => testRunners.has(listener)),
      ofCells: listeners.filter((listener) => !testRunners.has(listener)),
    };
  });
}

/**
 * True when a test that runs has caused the error and fails by it. Of any other error node:test makes exit code 1, and a
 * line of its report that nobody sees before the process ends.
 */
function failsTest(listener: Listener, error: unknown): boolean {
  const { exitCode } = process;
  process.exitCode = undefined;
  try {
    apply(listener, process, [error]);
    return process.exitCode === undefined;
  } catch {
    return false;
  } finally {
    process.exitCode = exitCode;
  }
}
