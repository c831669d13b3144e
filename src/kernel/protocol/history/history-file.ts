import { constants } from "node:fs";
import { chmod, mkdir, open, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Entry, entriesOf } from "./entry.js";
import { locked } from "./lock.js";

// The file has a JSON object in each line, which is added at one go: the input of a cell, or its output. A line that was
// cut off, because the disk was full or the process was killed, is skipped; for that each begins with a line break. A
// full file gives way to a new one and is kept until that is full, too.

const mostBytes = 2 << 20;
/** A cell with a longer text, or an output, is not kept. */
const mostOfRecord = 100_000;
/** Milliseconds in which cells are written together. */
const delay = 500;

const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_RDONLY, O_WRONLY } = constants;
/** A link could lead to a device, whose end never comes. */
const reading = { encoding: "utf8", flag: O_RDONLY | O_NOFOLLOW } as const;

type Addition = { line: number; input: string } | { line: number; output: string };

export interface EarlierSessions {
  /** The number of this session. */
  session: number;
  earlier: Entry[];
}

/** The cells that were run in all sessions, of kernels that run at the same time, too. */
export class HistoryFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #fullPath: string;
  #session: number | undefined;
  #size: number | undefined;
  readonly #waiting: Addition[] = [];
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, "history.jsonl");
    this.#fullPath = join(folder, "history.full.jsonl");
  }

  /** Writes after a while, so that no cell waits for it; what cannot be written is not kept. */
  add(addition: Addition): void {
    this.#waiting.push(addition);
    this.#timer ??= setTimeout(() => void this.#write(), delay).unref();
  }

  read(): Promise<EarlierSessions> {
    void this.#write();
    return this.#later(async () => {
      const session = await this.#begun().catch(() => undefined);
      const entries = entriesOf(await this.#lines());
      return {
        session: session ?? (entries.at(-1)?.session ?? 0) + 1,
        earlier: entries.filter((entry) => entry.session !== session),
      };
    });
  }

  /** Resolves when all that was added has been written, or could not be. */
  async flushed(): Promise<void> {
    await this.#write();
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const additions = this.#waiting.splice(0);
    return this.#later(async () => {
      if (additions.length > 0) {
        const session = await this.#begun();
        const records = additions.map((addition) => `\n${JSON.stringify({ session, ...addition })}`);
        await this.#append(records.filter(({ length }) => length <= mostOfRecord).join(""));
      }
    }).catch(() => {});
  }

  #later<T>(body: () => Promise<T>): Promise<T> {
    const work = this.#work.catch(() => {}).then(body);
    this.#work = work;
    return work;
  }

  /** The number of this session, the next one when it has none yet. */
  async #begun(): Promise<number> {
    if (this.#session === undefined) {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      this.#session = await this.#alone(() => this.#nextSession());
    }
    return this.#session;
  }

  async #nextSession(): Promise<number> {
    const path = join(this.#folder, "history.session");
    const counted = Number.parseInt(await readFile(path, "utf8").catch(() => ""), 10);
    const last = counted > 0 ? counted : (entriesOf(await this.#lines()).at(-1)?.session ?? 0);
    await writeFile(path, String(last + 1), { mode: 0o600 });
    await chmod(this.#path, 0o600).catch(() => {});
    return last + 1;
  }

  async #append(text: string): Promise<void> {
    this.#size ??= await this.#sizeNow();
    if (this.#size > mostBytes) {
      await this.#alone(() => this.#makeRoom());
    }
    const file = await open(this.#path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
    try {
      await file.appendFile(text);
      this.#size = (await file.stat()).size;
    } finally {
      await file.close();
    }
  }

  /** Another kernel may have made it meanwhile. */
  async #makeRoom(): Promise<void> {
    if ((await this.#sizeNow()) > mostBytes) {
      await rename(this.#path, this.#fullPath);
    }
  }

  async #sizeNow(): Promise<number> {
    return await stat(this.#path).then(
      ({ size }) => size,
      () => 0,
    );
  }

  #alone<T>(body: () => Promise<T>): Promise<T> {
    return locked(join(this.#folder, "history.lock"), body);
  }

  async #lines(): Promise<string[]> {
    const texts = await Promise.all(
      [this.#fullPath, this.#path].map((path) => readFile(path, reading).catch(() => "")),
    );
    return texts.join("\n").split("\n");
  }
}
