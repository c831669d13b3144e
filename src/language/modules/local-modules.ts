import { readFileSync } from "node:fs";
import nodeModule, { createRequire } from "node:module";
import { extname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import { isInstalled, versionOnDisk } from "../compiler/source-files.js";
import { commonJs } from "./common-js.js";
import { importingRequire, resolveImport } from "./importer.js";
import type { OwnFiles } from "./own-files.js";
import { reachableFiles } from "./reachable-files.js";
import type { SourceMaps } from "./source-maps.js";

type Loaded = NodeJS.Module & { _compile(code: string, path: string): void };

interface ModuleInternals {
  _extensions: Record<string, (module: Loaded, path: string) => void>;
  _resolveFilename(request: string, parent: NodeJS.Module | undefined, ...rest: unknown[]): string;
}

const extensions = [".ts", ".tsx", ".mts", ".cts", ".jsx"];
const internals = nodeModule as unknown as ModuleInternals;
const { cache } = createRequire(import.meta.url);

/**
 * Lets the notebook's `require` load TypeScript files and follow `paths`, and gives up what it has loaded of the
 * user's own files when they change.
 */
export class LocalModules {
  readonly #compiler: Compiler;
  readonly #options: ts.CompilerOptions;
  readonly #sourceMaps: SourceMaps;
  readonly #versions = new Map<string, string | undefined>();
  readonly #texts = new Map<string, { version: string | undefined; code: string }>();
  #original: Pick<ModuleInternals, "_extensions" | "_resolveFilename"> | undefined;

  constructor(
    { compiler, options }: { compiler: Compiler; options: ts.CompilerOptions },
    sourceMaps: SourceMaps,
  ) {
    this.#compiler = compiler;
    this.#options = options;
    this.#sourceMaps = sourceMaps;
  }

  install(): void {
    this.#original = {
      _extensions: { ...internals._extensions },
      _resolveFilename: internals._resolveFilename,
    };
    for (const extension of extensions) {
      internals._extensions[extension] = (module, path) => this.#load(module, path);
    }
    const resolve = internals._resolveFilename;
    internals._resolveFilename = (request, parent, ...rest) => {
      const importer = parent?.filename ?? "";
      if (isInstalled(importer) || nodeModule.isBuiltin(request)) {
        return resolve(request, parent, ...rest);
      }
      const path = this.#resolve(request, importer, () => resolve(request, parent, ...rest));
      this.#track(path);
      return path;
    };
  }

  uninstall(): void {
    for (const extension of extensions) {
      const before = this.#original?._extensions[extension];
      if (before) {
        internals._extensions[extension] = before;
      } else {
        delete internals._extensions[extension];
      }
    }
    internals._resolveFilename = this.#original?._resolveFilename ?? internals._resolveFilename;
  }

  /** The user's files that have changed since they were loaded; they will be loaded again. */
  refresh(): Set<string> {
    const changed = new Set<string>();
    for (const [path, version] of this.#versions) {
      if (versionOnDisk(path) !== version) {
        changed.add(path);
        this.#versions.delete(path);
      }
    }
    for (const path of changed) {
      delete cache[path];
      for (const module of Object.values(cache)) {
        if (module && !isInstalled(module.id) && module.children.some(({ id }) => id === path)) {
          changed.add(module.id);
        }
      }
    }
    return changed;
  }

  /** The file that an import from the folder loads. */
  fileOf(specifier: string, folder: string): string | undefined {
    const importer = join(folder, "cell.js");
    try {
      const url = resolveImport(specifier, importer, createRequire(importer).resolve);
      return url.startsWith("file:") ? fileURLToPath(url) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The user's files that are loaded, and those that they or the requests from a folder may load. */
  ownFiles(folder: string, requests: readonly string[]): OwnFiles {
    const loader = {
      compiler: this.#compiler,
      isOwn: (request: string) => isFile(request) || this.#isMapped(request),
      versionOf: (path: string) => this.#versions.get(path),
      codeOf: (path: string) => (extensions.includes(extname(path)) ? this.#compiled(path) : undefined),
    };
    return reachableFiles(loader, this.#versions.keys(), { importer: join(folder, "cell.js"), requests });
  }

  #resolve(request: string, importer: string, byNode: () => string): string {
    if (!isFile(request) && this.#isMapped(request)) {
      return this.#byTypeScript(request, importer) ?? byNode();
    }
    try {
      return byNode();
    } catch (error) {
      const path = this.#byTypeScript(request, importer);
      if (path === undefined) {
        throw error;
      }
      return path;
    }
  }

  #isMapped(request: string): boolean {
    return Object.keys(this.#options.paths ?? {}).some((pattern) => {
      const [start = "", end] = pattern.split("*");
      return end === undefined ? request === pattern : request.startsWith(start) && request.endsWith(end);
    });
  }

  #byTypeScript(request: string, importer: string): string | undefined {
    const { sys } = this.#compiler;
    const { resolvedModule } = this.#compiler.resolveModuleName(request, importer, this.#options, sys);
    const isSource = resolvedModule && !resolvedModule.isExternalLibraryImport;
    return isSource && !/\.d\.[cm]?ts$/.test(resolvedModule.resolvedFileName)
      ? resolvedModule.resolvedFileName
      : undefined;
  }

  #track(path: string): void {
    if (isAbsolute(path) && !isInstalled(path) && !this.#versions.has(path)) {
      this.#versions.set(path, versionOnDisk(path));
    }
  }

  #load(module: Loaded, path: string): void {
    if (!path.endsWith(".cts")) {
      const require = (id: string) => nodeModule.prototype.require.call(module, id);
      module.require = importingRequire(Object.assign(require, createRequire(path)), path);
    }
    module._compile(this.#compiled(path), path);
  }

  /** Compiled once for each version of the file. */
  #compiled(path: string): string {
    const version = this.#versions.get(path) ?? versionOnDisk(path);
    const known = this.#texts.get(path);
    if (known && known.version === version) {
      return known.code;
    }
    const text = readFileSync(path, "utf8");
    const { code, sourceMap, linesBefore } = commonJs(this.#compiler, this.#options, { path, text });
    this.#sourceMaps.set(path, sourceMap, linesBefore);
    this.#texts.set(path, { version, code });
    return code;
  }
}

function isFile(request: string): boolean {
  return /^\.{0,2}\//.test(request) || request === "." || request === "..";
}
