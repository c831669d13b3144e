import { channel } from "node:diagnostics_channel";
import type { ExecuteRequest } from "../shared/thread-messages.js";
import { attempt } from "./failures/shown-text.js";

/** A cell starts or ends: for the code of the notebook that wants to know. */
const cellChannel = channel("poolbook.cell");

/** `isWatched` means that a person sits at the front end: it can be asked for input. */
export function tellOfCell(request: ExecuteRequest, status: "running" | "ok" | "failed"): void {
  const { cellId: id, code, silent, allowsStdin: isWatched } = request;
  if (!silent) {
    attempt(() => cellChannel.publish({ id, code, status, isWatched }));
  }
}
