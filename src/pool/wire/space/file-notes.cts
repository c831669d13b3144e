import { readSync, writeSync } from "node:fs";
import { type KeptText, longestUnasked, type Place, type Progress } from "./shared-space.cjs";

/** Bytes at the front of the file. */
export const notesLength = 2 ** 15;

const begunAt = 0;
const revokedAt = 8;
const leftAt = 16;
const leftLength = 16;
/** In lines with a comma at their ends: a result, the ticket of the next task, a result, and so on; then anything. */
const keptAt = 32;

/** The notes at the front of the file that a worker process shares with the main process. */
export class FileNotes {
  /** Longer than a worker goes without asking, by far more than clocks and timers differ. */
  readonly untilHeeded = 1.5 * longestUnasked;
  readonly #file: number;
  readonly #number = new Float64Array(1);
  readonly #revoked = new Float64Array(1);
  /** The batch that was not revoked when the worker asked last, and the time of that. */
  #askedFor = 0;
  #asked = 0;
  /** For the text of one write, in any characters. */
  #lines: Buffer | undefined;
  #keptEnd = keptAt;

  constructor(file: number) {
    this.#file = file;
  }

  protected clearNotes(): void {
    this.#writeNumber(0, begunAt);
    this.#writeNumber(0, revokedAt);
  }

  begin(ticket: number): void {
    this.#keptEnd = keptAt;
    this.#writeNumber(ticket, begunAt);
  }

  /** One write, because it comes with every short task. */
  beginNext(ticket: number, result: string): boolean {
    const text = `${result},\n${ticket},\n`;
    if (text.length > notesLength) {
      return false;
    }
    this.#lines ??= Buffer.allocUnsafeSlow(3 * notesLength);
    const length = this.#lines.write(text);
    const end = this.#keptEnd + length;
    if (end > notesLength || !writeAll(this.#file, this.#lines, this.#keptEnd, length)) {
      return false;
    }
    this.#keptEnd = end;
    return true;
  }

  get keptLength(): number {
    return this.#keptEnd - keptAt;
  }

  readKept(length: number): KeptText {
    const text = Buffer.alloc(length);
    readSync(this.#file, text, 0, length, keptAt);
    return text.toString();
  }

  /** Read until it is the same twice, because the worker may be writing it. */
  get progress(): Progress {
    let [last, now] = [new Uint8Array(notesLength), new Uint8Array(notesLength)];
    this.#readNotes(now);
    do {
      [last, now] = [now, last];
      this.#readNotes(now);
    } while (Buffer.compare(now, last) !== 0);
    return progressIn(now);
  }

  revoke(firstTicket: number): void {
    this.#writeNumber(firstTicket, revokedAt);
  }

  isRevoked(firstTicket: number, time: number): boolean {
    if (firstTicket === this.#askedFor && time - this.#asked < longestUnasked) {
      return false;
    }
    readSync(this.#file, this.#revoked, 0, this.#revoked.byteLength, revokedAt);
    if (this.#revoked[0] === firstTicket) {
      return true;
    }
    this.#askedFor = firstTicket;
    this.#asked = time;
    return false;
  }

  protected noteLeft(place: Place): void {
    writeSync(this.#file, Float64Array.from(place), 0, leftLength, leftAt);
  }

  get left(): Place {
    const numbers = new Float64Array(2);
    readSync(this.#file, numbers, 0, leftLength, leftAt);
    const [at = 0, length = 0] = numbers;
    return [at, length];
  }

  #writeNumber(number: number, position: number): void {
    this.#number[0] = number;
    writeSync(this.#file, this.#number, 0, this.#number.byteLength, position);
  }

  #readNotes(notes: Uint8Array): void {
    readSync(this.#file, notes, 0, notes.length, 0);
  }
}

/** Tells whether there was room for them. */
export function writeAll(file: number, bytes: Uint8Array, at: number, length = bytes.length): boolean {
  try {
    for (let done = 0; done < length; ) {
      done += writeSync(file, bytes, done, length - done, at + done);
    }
    return true;
  } catch {
    return false;
  }
}

/** Each result counts whose ticket stands behind it; what an earlier batch has left there has lower ones. */
function progressIn(notes: Uint8Array): Progress {
  const [first = 0] = new Float64Array(notes.buffer, begunAt, 1);
  const lines = textIn(notes.subarray(keptAt)).split("\n");
  let count = 0;
  while (2 * count + 2 < lines.length && lines[2 * count + 1] === `${first + count + 1},`) {
    count++;
  }
  const kept = lines.slice(0, 2 * count).map((line) => `${line}\n`);
  return { begun: first + count, kept: kept.join("") };
}

function textIn({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString();
}
