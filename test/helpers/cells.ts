import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface CellResult {
  readonly succeeded: boolean;
  /** Text that the cell wrote to stdout, its last expression included. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface Cells {
  readonly pid: number | undefined;
  /** Runs cells one after another until one fails, and returns what the last one gave. */
  run(...cells: string[]): Promise<CellResult>;
  close(): void;
}

/** Starts a notebook without its kernel, in the folder of the package. */
export async function openCells(): Promise<Cells> {
  const child = fork(fileURLToPath(new URL("cells-child.js", import.meta.url)), {
    serialization: "advanced",
  });
  await once(child, "message");
  return {
    pid: child.pid,
    async run(...cells) {
      let result: CellResult | undefined;
      for (const cell of cells) {
        child.send(cell);
        [result] = (await once(child, "message")) as [CellResult];
        if (!result.succeeded) {
          break;
        }
      }
      return result ?? { succeeded: true, stdout: "", stderr: "" };
    },
    close: () => child.kill("SIGKILL"),
  };
}
