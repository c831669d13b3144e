import Module, { createRequire } from "node:module";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { importingRequire, type OwnFiles } from "../../../language/index.js";

type LoadedModule = { exports: unknown };

/** `Module` with the members that make a module out of a text. */
type ModuleFromText = Module & { _compile(text: string, path: string): void };
const nodeModulePaths: (folder: string) => string[] = Reflect.get(Module, "_nodeModulePaths");

/** Imported by name where it is installed, and from the kernel's own package where it is not. */
const broughtModule = "poolbook/display";
const broughtFile = fileURLToPath(new URL("../../../display/index.js", import.meta.url));

/** The modules that cells import: the compiled text of local TypeScript files, tslab's own module, and whatever Node finds. */
export class CellModules {
  readonly #texts = new Map<string, string>();
  readonly #loaded = new Map<string, LoadedModule>();
  readonly #loadTslab: () => object;

  constructor(loadTslab: () => object) {
    this.#loadTslab = loadTslab;
  }

  /** Takes files that are new or have changed; the next import runs them. */
  update(files: { path: string; data: string }[]): void {
    for (const { path, data } of files) {
      this.#texts.set(path, data);
      this.#loaded.delete(path);
    }
  }

  /** The modules that are cells, as other processes may load them, too. */
  ownFiles(): OwnFiles {
    const paths = [...this.#texts.keys()];
    return {
      files: [...this.#texts].map(([path, code]) => ({ path, code, version: "" })),
      resolutions: paths.flatMap((path) => {
        const request = `./${basename(path)}`;
        return [request, request.replace(/\.js$/, "")].map((name) => [dirname(path), name, path] as const);
      }),
    };
  }

  /** The exports of those that are loaded, by their paths. */
  loaded(): [path: string, exports: unknown][] {
    return [...this.#loaded].map(([path, { exports }]) => [path, exports]);
  }

  /** A `require` that resolves from `folder`. */
  requireFrom(folder: string): NodeJS.Require {
    const require = createRequire(join(folder, "cell.js"));
    return this.#wrap(require, folder);
  }

  #wrap(require: NodeJS.Require, folder: string): NodeJS.Require {
    const resolve = (id: string, options?: { paths?: string[] }) => resolveOrBring(require, id, options);
    const wrapped = (id: string) =>
      id === "tslab"
        ? this.#loadTslab()
        : (this.#local(folder, id)?.exports ?? require(id === broughtModule ? resolve(id) : id));
    return Object.assign(wrapped, {
      resolve: Object.assign(resolve, { paths: require.resolve.paths }),
      cache: require.cache,
      main: require.main,
      extensions: require.extensions,
    });
  }

  #local(folder: string, id: string): LoadedModule | undefined {
    if (this.#texts.size === 0) {
      return undefined;
    }
    const path = resolve(folder, extname(id) === "" ? `${id}.js` : id).replaceAll("\\", "/");
    const text = this.#texts.get(path);
    if (text === undefined) {
      return undefined;
    }
    const loaded = this.#loaded.get(path);
    if (loaded) {
      return loaded;
    }
    const module = new Module(path) as ModuleFromText;
    module.filename = path;
    module.paths = nodeModulePaths(dirname(path));
    module.require = this.#wrap(importingRequire(createRequire(path), path), dirname(path));
    this.#loaded.set(path, module);
    try {
      module._compile(text, path);
    } catch (error) {
      this.#loaded.delete(path);
      throw error;
    }
    return module;
  }
}

function resolveOrBring(require: NodeJS.Require, id: string, options?: { paths?: string[] }): string {
  try {
    return require.resolve(id, options);
  } catch (error) {
    if (id === broughtModule) {
      return broughtFile;
    }
    throw error;
  }
}
