import type { KnownSession } from "../../checking/language-messages.js";
import type { MainThreadInspector } from "./main-thread-inspector.js";

/** The session so far, read from the main thread while that computes. */
export function knownSession(inspector: MainThreadInspector, withSources: boolean): Promise<KnownSession> {
  return inspector.look(async (session) => {
    const { result } = await session.post("Runtime.evaluate", {
      expression: `globalThis.__tslab__.knownSession(${withSources})`,
    });
    return JSON.parse(result.value);
  });
}
