import type { ReportedCheckOptions } from "../options/check-options.js";
import { collectInputs, type Input } from "./collect-inputs.js";
import { inShard } from "./shard.js";

/** The notebooks that the paths name, in the shard, and changed since the revision. Throws UsageError. */
export async function selectInputs(
  paths: string[],
  { shard, changedSince }: Pick<ReportedCheckOptions, "shard" | "changedSince">,
): Promise<Input[]> {
  const inputs = inShard(await collectInputs(paths), shard);
  if (changedSince === undefined) {
    return inputs;
  }
  const { changedInputs } = await import("./changed-since.js");
  return await changedInputs(inputs, changedSince);
}
