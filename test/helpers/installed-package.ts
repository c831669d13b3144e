import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");

/** The content of this package's `package.json`. */
export const manifest: Record<"dependencies" | "optionalDependencies", Record<string, string>> = JSON.parse(
  readFileSync(path.join(root, "package.json"), "utf8"),
);

/** Installs the package into a folder of somebody's, as npm does, with these of its dependencies. */
export function installPackage(folder: string, dependencies: readonly string[]): void {
  const modules = path.join(folder, "node_modules");
  for (const name of dependencies) {
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
  }
  for (const part of ["package.json", "dist", "notebooks"]) {
    cpSync(path.join(root, part), path.join(modules, "poolbook", part), { recursive: true });
  }
}
