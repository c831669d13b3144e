import type { SentPayload } from "../../wire/messages.cjs";
import type { Payload } from "../../wire/payload.cjs";
import { receiveBytes } from "../../wire/sent-payload.cjs";
import type { SharedSpace } from "../../wire/space/shared-space.cjs";

/** Takes the values of a result as they travel on: copied, but not decoded. */
export function receiveForClient(sent: SentPayload, space: SharedSpace): Payload {
  if ("numbers" in sent) {
    return new Float64Array(new Uint8Array(receiveBytes(sent.numbers, space)).buffer);
  }
  if ("encoded" in sent) {
    return new Uint8Array(receiveBytes(sent.encoded, space));
  }
  return sent.map((value) => (typeof value === "object" && value !== null ? undefined : value));
}
