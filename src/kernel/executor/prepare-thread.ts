import type { Language, MapFrame } from "../../language/index.js";
import { rememberBuiltins } from "../shared/intact-builtins.js";
import { installStackTraces } from "./failures/stack-traces.js";
import { withUsersPlaces } from "./failures/test-report.js";
import { hideHookMarks, installTerminationHook } from "./interrupts/async-hooks.js";
import { installLastingImmediates } from "./interrupts/immediates.js";
import { noteWhatCellsStart } from "./interrupts/started.js";
import { installDroppableTicks } from "./interrupts/ticks.js";
import { installGlobals } from "./output/install-globals.js";
import { silenceOwnWarnings } from "./own-warnings.js";
import { handleProcessEvents } from "./process-events.js";
import type { ProtocolThread } from "./protocol-thread.js";
import { installCellStdin } from "./streams/cell-stdin.js";
import { installCellStreams } from "./streams/cell-streams.js";
import { serveDescriptors } from "./streams/descriptors.js";
import { serveInheritedOutput } from "./streams/inherited-output.js";
import { serveThreads } from "./streams/threads.js";

/** Makes the main thread what cells run on: their output and errors have a cell, and an interrupt harms nothing. */
export function prepareThread(
  protocol: ProtocolThread,
  language: Language,
  log: (text: string) => void,
): void {
  const mapFrame: MapFrame = (position) => language.mapStackFrame(position);
  installCellStreams(protocol, (report) => withUsersPlaces(report, mapFrame));
  installCellStdin(protocol);
  installStackTraces(mapFrame);
  installGlobals(protocol);
  hideHookMarks();
  installDroppableTicks();
  installLastingImmediates();
  silenceOwnWarnings();
  installTerminationHook();
  noteWhatCellsStart();
  handleProcessEvents(protocol, log);
  serveDescriptors(protocol);
  serveInheritedOutput(protocol);
  serveThreads();
  rememberBuiltins();
}
