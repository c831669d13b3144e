import type { Shard } from "../options/check-options.js";
import type { Input } from "./collect-inputs.js";

/** Every `total`-th input, from the `index`-th on: the shards of the same inputs have nothing in common and miss nothing. */
export function inShard<T extends Input>(inputs: T[], shard: Shard | undefined): T[] {
  if (!shard) {
    return inputs;
  }
  return inputs.filter((_, position) => position % shard.total === shard.index - 1);
}
