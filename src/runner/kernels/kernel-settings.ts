import path from "node:path";
import { isRecord } from "../../document/record.js";
import { PackageSettingsError, packageSettings } from "../files/package-settings.js";

/** Kernels for notebooks that name one which nobody has, or none. */
export interface KernelSettings {
  /** The kernelspec of a notebook that names neither a kernel nor a language. */
  default?: string;
  /** Kernelspecs by the names of others, which they stand in for where those are not installed. */
  aliases: Map<string, string>;
}

/** `poolbook.kernel` and `poolbook.kernels` of the nearest package.json above `file`. Throws PackageSettingsError. */
export async function kernelSettings(file: string): Promise<KernelSettings> {
  const { file: source, own } = await packageSettings(path.dirname(path.resolve(file)));
  const { kernel, kernels = {} } = own;
  const fail = (name: string, what: string, value: unknown): never => {
    throw new PackageSettingsError(
      `${source}: expected \`poolbook.${name}\` to be ${what}, got \`${JSON.stringify(value)}\``,
    );
  };
  if (kernel !== undefined && typeof kernel !== "string") {
    fail("kernel", "the name of a kernel", kernel);
  }
  const entries = isRecord(kernels) ? Object.entries(kernels) : fail("kernels", "an object", kernels);
  const aliases = entries.map(([name, target]): [string, string] =>
    typeof target === "string"
      ? [name.toLowerCase(), target.toLowerCase()]
      : fail(`kernels["${name}"]`, "the name of a kernel", target),
  );
  return { ...(typeof kernel === "string" && { default: kernel }), aliases: new Map(aliases) };
}
