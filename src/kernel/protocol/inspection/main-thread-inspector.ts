import { Session } from "node:inspector/promises";

/**
 * V8's inspector of the main thread, which answers also while that computes; where it waits outside of JavaScript, the
 * answer waits, too.
 */
export class MainThreadInspector {
  #session: Session | undefined;
  #looking = 0;

  async look<T>(body: (session: Session) => Promise<T>): Promise<T> {
    this.#looking++;
    this.#session ??= connect();
    try {
      return await body(this.#session);
    } finally {
      this.#looking--;
      if (this.#looking === 0) {
        this.close();
      }
    }
  }

  /** An open session would make the process wait for it at its end. */
  close(): void {
    this.#session?.disconnect();
    this.#session = undefined;
  }
}

function connect(): Session {
  const session = new Session();
  session.connectToMainThread();
  return session;
}
