import { decodeResults, shownResults } from "../../functions/stacks/returned-stacks.js";
import { partsOf } from "../../wire/large/joined-bytes.cjs";
import type { Payload } from "../../wire/payload.cjs";
import type { Values } from "../../wire/typed-array.cjs";
import type { Standing, TaskResult } from "../../workers/slot.js";

/** Results from another machine, as a local slot would give them; `offset` leads from its clock to this one's. */
export function ownResults(results: readonly TaskResult<Payload>[], offset: number): TaskResult[] {
  return results.map((result) => {
    const times = {
      number: result.number,
      started: result.started + offset,
      ended: result.ended + offset,
    };
    return "values" in result
      ? { ...times, values: valuesOf(result.values) }
      : { ...times, thrown: result.thrown };
  });
}

export function ownStanding<S extends Standing<Payload>>(standing: S, offset: number) {
  return { ...standing, results: ownResults(standing.results, offset) };
}

function valuesOf(payload: Payload): Values {
  if (payload instanceof Float64Array) {
    return Array.from(payload);
  }
  if (payload instanceof Uint8Array) {
    return decodeResults(partsOf(payload)) as Values;
  }
  if ("companions" in payload) {
    throw new Error("Only threads share memory");
  }
  return shownResults(payload);
}
