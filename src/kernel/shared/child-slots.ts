const count = 256;

export function createChildSlots(): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * count);
}

/** The PIDs of running children in memory that both threads see, also while the main thread is busy. */
export class ChildSlots {
  readonly #slots: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.#slots = new Int32Array(memory);
  }

  /** Of more children than there are slots, the latest ones are not noted. */
  add(pid: number): void {
    const free = this.#slots.indexOf(0);
    if (free >= 0) {
      this.#slots[free] = pid;
    }
  }

  remove(pid: number): void {
    const slot = this.#slots.indexOf(pid);
    if (slot >= 0) {
      this.#slots[slot] = 0;
    }
  }

  get pids(): number[] {
    return [...this.#slots].filter((pid) => pid !== 0);
  }
}
