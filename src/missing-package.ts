import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Thrown when a package is missing that poolbook needs for more than the pool: an optional dependency, which
 * `npm install --omit=optional` leaves out, one of another version than the pinned one, or a peer. The message names it, and the command that installs it.
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
export const kernelPackages = ["tslab", "zeromq", "typescript", "import-meta-resolve"];

/** The version of the package `name` that is found from here. */
export function installedVersion(name: string): string {
  return require(`${name}/package.json`).version;
}

/**
 * Throws MissingPackageError for the first of the optional dependencies `names` that is missing, or of whose pinned version
 * another one is found: that of the project, or one of its `overrides`.
 */
export function checkInstalled(names: readonly string[], versionOf = installedVersion): void {
  const { optionalDependencies } = readManifest();
  for (const name of names) {
    try {
      require.resolve(name);
    } catch (error) {
      throw missingPackage(error) ?? error;
    }
    const needed = optionalDependencies[name] ?? "";
    const found = isExact(needed) ? versionOf(name) : needed;
    if (found !== needed) {
      throw new MissingPackageError(
        `poolbook needs "${name}" ${needed} and finds ${found}: it was installed without its optional dependencies, or the project overrides their versions; install them with: npm install --include=optional`,
      );
    }
  }
}

function isExact(range: string): boolean {
  return /^\d/.test(range);
}

function readManifest(): Record<"optionalDependencies" | "peerDependencies", Record<string, string>> {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
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
  const { optionalDependencies, peerDependencies } = readManifest();
  if (name in optionalDependencies) {
    return `poolbook was installed without its optional dependencies, which this needs ("${name}" is missing); install them with: npm install --include=optional`;
  }
  return name in peerDependencies
    ? `this needs "${name}", which is not installed; install it with: npm install ${name}`
    : undefined;
}
