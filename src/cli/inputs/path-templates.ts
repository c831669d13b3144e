import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import type { Parameters } from "../../document/parameters/parameter-value.js";
import type { RunCommandOptions } from "../options/run-options.js";
import { UsageError } from "../options/usage-error.js";

const runUuid = randomUUID();
const started = new Date();

/** Names that papermill fills in by itself. */
const builtIn = new Map<string, () => string>([
  ["pm.run_uuid", () => runUuid],
  ["pm.current_datetime_utc", () => started.toISOString().replace("Z", "")],
  [
    "pm.current_datetime_local",
    () => new Date(started.getTime() - started.getTimezoneOffset() * 60_000).toISOString().replace("Z", ""),
  ],
]);

/** `path` with the values of parameters in place of `{name}`, as papermill has it. Throws UsageError for other names. */
export function fillIn(path: string, parameters: Parameters): string {
  if (existsSync(path)) {
    return path;
  }
  return path.replace(/\{([A-Za-z_][\w.]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : builtIn.get(name)?.();
    if (value === undefined || value === null || typeof value === "object") {
      throw new UsageError(`${path}: expected a parameter called ${name}, with a plain value`);
    }
    return String(value);
  });
}

/** The options with `{name}` filled in wherever they name a place. */
export function withTemplates(options: RunCommandOptions, parameters: Parameters): RunCommandOptions {
  const places = ["output", "outputDir", "cwd", "stdoutFile", "stderrFile"] as const;
  const filled = places.flatMap((name) => {
    const place = options[name];
    return place === undefined ? [] : [[name, fillIn(place, parameters)] as const];
  });
  return { ...options, ...Object.fromEntries(filled) };
}
