import { Session } from "node:inspector/promises";
import { isJsonObject } from "../../jupyter/json-object.js";
import type { MainThreadInspector } from "./inspection/main-thread-inspector.js";
import type { MainThread } from "./main-thread.js";

/** Milliseconds behind the last reply after which nobody seems to wait; what is loaded meanwhile has been loaded. */
const quietTime = 5000;
/** Bytes in use in a heap whose collection the next cell would have to wait for. */
const largestHeap = 256 * 2 ** 20;
/** Bytes of heap since the last time that are worth another. */
const leastGrowth = 16 * 2 ** 20;

/**
 * Gives back what V8 keeps of an idle kernel: garbage, and a young generation that has grown with what cells allocated (on
 * Node 24 to 128 MB), which grows again when it is needed.
 */
export class IdleMemory {
  readonly #main: MainThread;
  readonly #inspector: MainThreadInspector;
  #busyShells = 0;
  #timer: NodeJS.Timeout | undefined;
  #sizeBefore = 0;

  constructor(main: MainThread, inspector: MainThreadInspector) {
    this.#main = main;
    this.#inspector = inspector;
    this.#wait();
  }

  /** Says that a shell has something to do. */
  begin(): void {
    this.#busyShells++;
    clearTimeout(this.#timer);
  }

  /** Says that it has done all of it. */
  end(): void {
    this.#busyShells--;
    if (this.#busyShells === 0) {
      this.#wait();
    }
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      if (this.#main.isCompiling) {
        this.#wait();
      } else {
        // The process may end meanwhile.
        this.#giveBack().catch(() => {});
      }
    }, quietTime).unref();
  }

  async #giveBack(): Promise<void> {
    const hasGivenBack = await this.#inspector.look(async (session) => {
      const { usedSize, totalSize } = await heapOf(session);
      if (usedSize > largestHeap || totalSize - this.#sizeBefore < leastGrowth) {
        return false;
      }
      await session.post("HeapProfiler.collectGarbage");
      this.#sizeBefore = (await heapOf(session)).totalSize;
      return true;
    });
    if (hasGivenBack) {
      await collectOwn();
    }
  }
}

/** Bytes in use, and those that V8 keeps. */
async function heapOf(session: Session): Promise<{ usedSize: number; totalSize: number }> {
  // Of this method's result, `@types/node` says nothing.
  const usage: unknown = await session.post("Runtime.getHeapUsage");
  const { usedSize, totalSize } = isJsonObject(usage) ? usage : {};
  return { usedSize: Number(usedSize), totalSize: Number(totalSize) };
}

/** The same for this thread. */
async function collectOwn(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.collectGarbage");
  session.disconnect();
}
