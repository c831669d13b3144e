import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

/** A mark that every process inherits which is started, however indirectly, with `env`. */
export class ProcessMark {
  readonly value = randomUUID();
  readonly env = { POOLBOOK_TEST_MARK: this.value };

  /** The command lines of the living processes that carry the mark. */
  living(): string[] {
    const { pid, stdout } = spawnSync("ps", ["axeww", "-o", "pid=,stat=,command="], { maxBuffer: 2 ** 26 });
    return stdout
      .toString()
      .split("\n")
      .filter(
        (line) => line.includes(this.value) && !/^\s*\d+ Z/.test(line) && Number.parseInt(line, 10) !== pid,
      )
      .map((line) => line.slice(0, 120));
  }

  /** Resolves with what is still alive when everything has ended or `seconds` have passed. */
  async livingAfter(seconds: number): Promise<string[]> {
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end && this.living().length > 0) {
      await delay(100);
    }
    return this.living();
  }
}
