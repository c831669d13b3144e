import type { FunctionDefinition } from "../../functions/definition.js";
import type { SentFunction, SentInitializer, TaskMessage } from "../../wire/messages.cjs";
import { sendBytes, sendPayload } from "../../wire/sent-payload.cjs";
import type { SharedSpace } from "../../wire/space/shared-space.cjs";
import type { SlotTask } from "../slot.js";
import type { Initialization } from "./initialization.js";

export function sendTask(
  { number, definition: { id }, kind, values, captured }: SlotTask,
  space: SharedSpace,
): TaskMessage {
  const sent = sendPayload(values, space);
  return captured ? [number, id, kind, sent, sendPayload(captured, space)] : [number, id, kind, sent];
}

export function sendFunction(
  { id, folder, parts, companions, role }: FunctionDefinition,
  space: SharedSpace,
): SentFunction {
  return {
    id,
    folder,
    parts: sendBytes(parts, space),
    ...(companions.length > 0 && { companions }),
    ...(role && { role }),
  };
}

/** Undefined if a worker has nothing to run before its first task. */
export function sendInitializer(
  { initializer, initargs }: Initialization,
  space: SharedSpace,
): SentInitializer | undefined {
  return (
    initializer && {
      definition: sendFunction(initializer, space),
      needs: initializer.needs.map((need) => sendFunction(need, space)),
      args: sendPayload(initargs, space),
    }
  );
}
