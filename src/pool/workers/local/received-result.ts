import { MaybeEncodingError } from "../../errors.cjs";
import { timeAfter } from "../../wire/clock.cjs";
import type { ResultMessage, SentPayload } from "../../wire/messages.cjs";
import { takeApart } from "../../wire/thrown.cjs";
import type { TaskResult } from "../slot.js";

/** A worker's result as the pool takes it, of a batch of that time. One that cannot be decoded here fails its task. */
export function receiveResult<V>(
  [number, succeeded, value, begun, over]: ResultMessage,
  time: number,
  receive: (sent: SentPayload) => V,
): TaskResult<V> {
  const started = timeAfter(time, begun);
  const ended = timeAfter(time, over);
  if (!succeeded) {
    return { number, started, ended, thrown: value };
  }
  try {
    return { number, started, ended, values: receive(value) };
  } catch (cause) {
    const error = new MaybeEncodingError("Result cannot be decoded, so cannot be received", { cause });
    return { number, started, ended, thrown: takeApart(error) };
  }
}
