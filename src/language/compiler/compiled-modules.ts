import { mkdirSync } from "node:fs";
import nodeModule from "node:module";
import { join } from "node:path";
import { cacheFolder } from "./cache-file.js";

/**
 * Has Node keep the code that V8 makes of modules, where it can (from 22.1 on): the kernel's own and the packages that cells
 * import, which later kernels then load sooner. Not while coverage is measured, which would be less exact.
 */
export function keepCompiledModules(): void {
  const enable: unknown = Reflect.get(nodeModule, "enableCompileCache");
  if (typeof enable !== "function" || process.env.NODE_V8_COVERAGE) {
    return;
  }
  const folder = join(cacheFolder(), "modules");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    enable(folder);
  } catch {
    // A read-only home: modules are compiled as usual.
  }
}

/** Writes what is kept by now; the rest is written when the process exits, and nothing when it is killed. */
export function storeCompiledModules(): void {
  const flush: unknown = Reflect.get(nodeModule, "flushCompileCache");
  if (typeof flush === "function") {
    flush();
  }
}
