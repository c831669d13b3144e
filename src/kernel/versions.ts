import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The versions whose internals the kernel relies on. */
const known: Record<string, string> = { tslab: "1.0.22", zeromq: "6.8.0" };

const require = createRequire(import.meta.url);

/** The version of the package that is imported as `name`, and calls itself `ownName`. */
export function installedVersion(name: string, ownName = name): string {
  for (let folder = dirname(require.resolve(name)); ; folder = dirname(folder)) {
    try {
      const { name: found, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (found === ownName) {
        return version;
      }
    } catch (error) {
      if (folder === dirname(folder)) {
        throw error;
      }
    }
  }
}

/** Throws when a package is not of the version that the kernel was made for. */
export function checkVersions(versionOf: (name: string) => string = (name) => installedVersion(name)): void {
  for (const [name, expected] of Object.entries(known)) {
    const found = versionOf(name);
    if (found !== expected) {
      throw new RangeError(`Expected ${name} ${expected}, found ${found}; install exactly that version`);
    }
  }
}
