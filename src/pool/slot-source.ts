import { clusterSlots } from "./cluster/client/cluster-slots.js";
import type { FilledPoolOptions } from "./options.js";
import { localSlots } from "./workers/local/local-slot.js";
import type { SlotSource } from "./workers/slot.js";

/** The place where a pool's workers run. */
export function slotSource(options: FilledPoolOptions): SlotSource {
  return options.cluster ? clusterSlots(options, options.cluster) : { make: localSlots(options) };
}
