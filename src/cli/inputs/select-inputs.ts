import type { ReportedCheckOptions } from "../options/check-options.js";
import { collectInputs, type Input } from "./collect-inputs.js";
import { inShard } from "./shard.js";

/** The notebooks that the paths name, in the shard, and changed since the revision; `tell` is told why. Throws UsageError. */
export async function selectInputs(
  paths: string[],
  options: ReportedCheckOptions,
  tell: (line: string) => void,
): Promise<Input[]> {
  const { shard, changedSince } = options;
  const inputs = inShard(await collectInputs(paths, options), shard);
  if (changedSince === undefined) {
    return inputs;
  }
  const { changedInputs } = await import("./changes/changed-since.js");
  const changed = await changedInputs(inputs, changedSince);
  const all = inputs.length === 1 ? "1 notebook" : `${inputs.length} notebooks`;
  tell(`${changed.length} of ${all} may have changed since ${changedSince}`);
  for (const { input, reason } of changed) {
    tell(`  ${input.file}: ${reason}`);
  }
  return changed.map(({ input }) => input);
}
