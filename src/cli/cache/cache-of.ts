import { readFileSync } from "node:fs";
import type { ExecutionCache } from "../../runner/index.js";
import type { ExecutionOptions } from "../options/execution-options.js";
import { UsageError } from "../options/usage-error.js";
import { FolderCache } from "./execution-cache.js";

/** The cache that `--cache` asks for. Throws UsageError with kernels of a server, whose versions nobody here knows. */
export function cacheOf({ cache, serverUrl }: ExecutionOptions): ExecutionCache | undefined {
  if (cache === undefined) {
    return undefined;
  }
  if (serverUrl !== undefined) {
    throw new UsageError("--cache needs kernels of this machine; --server-url has others");
  }
  const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  return new FolderCache(cache, String(version));
}
