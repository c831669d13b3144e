import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * Thrown when a package is missing that poolbook needs for more than the pool: an optional dependency, which
 * `npm install --omit=optional` leaves out, or a peer. The message names it, and the command that installs it.
 */
export class MissingPackageError extends Error {
  override name = "MissingPackageError";
}

/** Resolves as `loading` does. Throws MissingPackageError where a package is missing. */
export async function loaded<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (error) {
    throw missingPackage(error) ?? error;
  }
}

/** The optional dependencies without which the kernel does not start. */
export const kernelPackages = ["tslab", "zeromq", "typescript-for-cells", "import-meta-resolve"];

/** Throws MissingPackageError for the first of the optional dependencies `names` that is missing. */
export function checkInstalled(names: readonly string[]): void {
  const require = createRequire(import.meta.url);
  for (const name of names) {
    try {
      require.resolve(name);
    } catch (error) {
      throw missingPackage(error) ?? error;
    }
  }
}

/** The error of Node's that a package is not found which poolbook does without for the pool, in the user's words; undefined for every other error. */
export function missingPackage(error: unknown): MissingPackageError | undefined {
  if (
    !(error instanceof Error) ||
    !("code" in error) ||
    !/^(ERR_)?MODULE_NOT_FOUND$/.test(String(error.code))
  ) {
    return undefined;
  }
  const name = /^Cannot find (?:package|module) '((?:@[^/']+\/)?[^/']+)/.exec(error.message)?.[1] ?? "";
  const remedy = remedyFor(name);
  return remedy === undefined ? undefined : new MissingPackageError(remedy, { cause: error });
}

function remedyFor(name: string): string | undefined {
  const manifest = new URL("../package.json", import.meta.url);
  const { optionalDependencies, peerDependencies } = JSON.parse(readFileSync(manifest, "utf8"));
  if (name in optionalDependencies) {
    return `poolbook was installed without its optional dependencies, which this needs ("${name}" is missing); install them with: npm install --include=optional`;
  }
  return name in peerDependencies
    ? `this needs "${name}", which is not installed; install it with: npm install ${name}`
    : undefined;
}
