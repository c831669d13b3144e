import { types } from "node:util";
import type { ModulePart, Part } from "../wire/function-parts.cjs";
import { whileLoading } from "../wire/modules-being-loaded.cjs";
import { importingScript } from "./importing-script.cjs";

type Import = (specifier: string, options?: object) => Promise<Record<string, unknown>>;

/** The modules that functions use, looked for from the module or notebook that each was written in. */
export class Modules {
  readonly #folder: string;
  readonly #requires = new Map<string, NodeJS.Require>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Stands for the file of a function that is in none; few need it. */
  get file(): string {
    const { pathToFileURL }: typeof import("node:url") = require("node:url");
    return pathToFileURL(`${this.#folder}/`).href;
  }

  /** Made when it is needed: most functions do without, and it takes memory. */
  requireFrom(place = `${this.#folder}/`): NodeJS.Require {
    const { createRequire }: typeof import("node:module") = require("node:module");
    const known = this.#requires.get(place);
    const made = known ?? withoutMain(createRequire(place));
    this.#requires.set(place, made);
    return made;
  }

  /** Loads what has to be waited for, before the function is made; undefined if nothing has. */
  prepare(parts: readonly Part[]): Promise<void> | undefined {
    const missing = parts.filter((part) => part.kind === "module").filter((part) => !isLoaded(part));
    return missing.length > 0 ? importAll(missing) : undefined;
  }

  load(part: ModulePart): unknown {
    const { module, path, wrapping, importer, after = [] } = part;
    for (const first of after) {
      this.load(first);
    }
    const loaded =
      importer === undefined
        ? explained(module, () => this.requireFrom()(module))
        : namespaces.get(keyOf(part));
    let value: unknown = loaded;
    for (const member of path) {
      if (!(member in Object(value))) {
        throw new Error(`Cannot find \`${path.join(".")}\` in ${module} in the worker`);
      }
      value = Object(value)[member];
    }
    if (wrapping === "default") {
      return { default: value };
    }
    return wrapping === "namespace" ? { ...loaded, default: value } : value;
  }
}

/** Functions come from another process, where the main script is another one. */
function withoutMain(require: NodeJS.Require): NodeJS.Require {
  const get = () => {
    throw new Error(
      "`require.main` is the main script's, which a worker does not run; pass what you need of it",
    );
  };
  return Object.defineProperty(require, "main", { get, configurable: true, enumerable: true });
}

/** Loads a module; an error of its syntax mostly means that a loader is missing. */
function explained<T>(module: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
    throw new SyntaxError(
      `Cannot load ${module} in a worker: ${error.message}; if it needs a loader, start Node with it, as in \`node --import tsx\`, so that the workers have it, too`,
      { cause: error },
    );
  }
}

/** All that this worker has imported, by importer and specifier. */
const namespaces = new Map<string, Record<string, unknown>>();

function keyOf({ importer, module, attributes }: ModulePart): string {
  return JSON.stringify([importer, module, attributes]);
}

function isLoaded(part: ModulePart): boolean {
  return (part.importer === undefined || namespaces.has(keyOf(part))) && (part.after ?? []).every(isLoaded);
}

async function importAll(parts: readonly ModulePart[]): Promise<void> {
  for (const part of parts) {
    await importAll(part.after ?? []);
    const { importer, module, attributes } = part;
    if (importer !== undefined && !namespaces.has(keyOf(part))) {
      const load = module === importer && !attributes ? importHere : importFrom(importer);
      const namespace = await whileLoading(part, () => load(module, attributes && { with: attributes }));
      if (!types.isModuleNamespaceObject(namespace)) {
        throw new Error(
          `Cannot load ${module} in a worker: it exports \`then\`, so that \`import()\` gives something else; export that by another name`,
        );
      }
      namespaces.set(keyOf(part), namespace);
      rememberImported(namespace, part);
    }
  }
}

const rememberedKey = Symbol.for("poolbook.imported");

/** Tells pools of this worker where the values come from that it has imported. */
function rememberImported(namespace: object, part: ModulePart): void {
  const remembered: WeakMap<object, ModulePart> = Reflect.get(globalThis, rememberedKey) ?? new WeakMap();
  Reflect.set(globalThis, rememberedKey, remembered);
  for (const [member, value] of [["", namespace], ...Object.entries(namespace)] as const) {
    if ((typeof value === "object" && value !== null) || typeof value === "function") {
      remembered.set(value, { ...part, path: member === "" ? [] : [member] });
    }
  }
}

/** For what is named by its whole URL, which is the same from everywhere: another importer would have to be made first. */
const importHere: Import = (url) => import(url);

const imports = new Map<string, Import>();

function importFrom(importer: string): Import {
  const known = imports.get(importer);
  if (known) {
    return known;
  }
  const script = importingScript("(specifier, options) => import(specifier, options)", {
    filename: importer,
  });
  const made: Import = script.runInThisContext();
  imports.set(importer, made);
  return made;
}
