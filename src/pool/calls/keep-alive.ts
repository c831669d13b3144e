const aDay = 24 * 60 * 60 * 1000;

/**
 * Keeps the main process alive while it is held, and only then: the workers' own handles never do, so that a
 * script which forgets its pool still ends by itself.
 */
export class KeepAlive {
  #timer: NodeJS.Timeout | undefined;
  #holders = 0;

  hold(): void {
    if (this.#holders++ === 0) {
      this.#timer = setInterval(() => {}, aDay);
    }
  }

  release(): void {
    if (--this.#holders === 0) {
      clearInterval(this.#timer);
    }
  }
}
