/** The questions about interrupts that compiled code puts to the kernel, as members of `globalThis.__tslab__`. */
export interface InterruptQuestions {
  /** True of code that runs on behalf of a cell that was interrupted. */
  isInterrupted(): boolean;
  /** Throws where such code has to end. */
  endIfInterrupted(): void;
  /** `callback` that does nothing any more when the cell that passed it on is interrupted. */
  untilInterrupted(callback: unknown): unknown;
  /** The same for a callback whose result somebody waits for: it throws. */
  orInterrupted(callback: unknown): unknown;
}
