import type { Language } from "../../language/index.js";
import { installStackTraces } from "./failures/stack-traces.js";
import { hideHookMarks, installTerminationHook } from "./interrupts/async-hooks.js";
import { installLastingImmediates } from "./interrupts/immediates.js";
import { noteWhatCellsStart } from "./interrupts/started.js";
import { installDroppableTicks } from "./interrupts/ticks.js";
import { installCellStreams } from "./output/cell-streams.js";
import { installGlobals } from "./output/install-globals.js";
import { silenceOwnWarnings } from "./own-warnings.js";
import { handleProcessEvents } from "./process-events.js";
import type { ProtocolThread } from "./protocol-thread.js";

/** Makes the main thread what cells run on: their output and errors have a cell, and an interrupt harms nothing. */
export function prepareThread(
  protocol: ProtocolThread,
  language: Language,
  log: (text: string) => void,
): void {
  installCellStreams(protocol);
  installStackTraces((position) => language.mapStackFrame(position));
  installGlobals(protocol);
  hideHookMarks();
  installDroppableTicks();
  installLastingImmediates();
  silenceOwnWarnings();
  installTerminationHook();
  noteWhatCellsStart();
  handleProcessEvents(protocol, log);
}
