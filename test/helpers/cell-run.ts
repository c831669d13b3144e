import { channel } from "node:diagnostics_channel";

const cells = channel("poolbook.cell");

/** Tells the course that a cell runs, as the kernel does, and that it has ended. */
export async function cellRun(
  id: string | undefined,
  code: string,
  body: () => unknown,
  status: "ok" | "failed" = "ok",
  isWatched = false,
): Promise<void> {
  cells.publish({ id, code, status: "running", isWatched });
  await body();
  cells.publish({ id, code, status, isWatched });
}
