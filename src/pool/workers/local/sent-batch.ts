import type { FunctionDefinition } from "../../functions/definition.js";
import type { SentFunction, TaskMessage } from "../../wire/messages.cjs";
import { sendBytes, sendPayload } from "../../wire/sent-payload.cjs";
import type { SharedSpace } from "../../wire/space/shared-space.cjs";
import type { SlotTask } from "../slot.js";

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
