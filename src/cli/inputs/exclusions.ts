import path from "node:path";
import { PackageSettingsError, packageSettings } from "../../runner/files/package-settings.js";

/** Globs, and the folder to which they are relative. */
export interface Exclusions {
  globs: string[];
  base: string;
}

/**
 * Tells of a path whether it is excluded, as in `.gitignore`: a glob with a slash inside means a path below the base, one without means
 * any part of it; what lies in an excluded folder is excluded too.
 */
export async function excluding({ globs, base }: Exclusions): Promise<(file: string) => boolean> {
  if (globs.length === 0) {
    return () => false;
  }
  const { default: picomatch } = await import("picomatch");
  const patterns = globs.map((glob) => glob.replace(/^\.?\//, "").replace(/\/$/, ""));
  const matchers = patterns.map((pattern) => ({
    isPath: pattern.includes("/"),
    matches: picomatch(pattern, { dot: true }),
  }));
  return (file) => {
    const relative = path.relative(base, path.resolve(file)).split(path.sep).join("/");
    if (relative.startsWith("../")) {
      return false;
    }
    const parts = relative.split("/");
    const folders = parts.map((_, position) => parts.slice(0, position + 1).join("/"));
    return matchers.some(({ isPath, matches }) => (isPath ? folders : parts).some((each) => matches(each)));
  };
}

/** `poolbook.exclude` of the nearest package.json in `folder` or above it. Throws PackageSettingsError. */
export async function packageExclusions(folder: string): Promise<Exclusions> {
  const { own, folder: base, file } = await packageSettings(folder);
  const globs: unknown[] = Array.isArray(own.exclude) ? own.exclude : [own.exclude ?? []].flat();
  return {
    base,
    globs: globs.map((glob) => {
      if (typeof glob === "string") {
        return glob;
      }
      const got = JSON.stringify(own.exclude);
      throw new PackageSettingsError(
        `${file}: expected \`poolbook.exclude\` to be a list of globs, got \`${got}\``,
      );
    }),
  };
}
