import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { ModulePart } from "../wire/function-parts.cjs";

/** The modules that a function uses, looked for from its folder. */
export class Modules {
  readonly #folder: string;
  #ownRequire: NodeJS.Require | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Made when it is needed: most functions do without, and it takes memory. */
  get require(): NodeJS.Require {
    const { createRequire }: typeof import("node:module") = require("node:module");
    this.#ownRequire ??= createRequire(`${this.#folder}/`);
    return this.#ownRequire;
  }

  load({ module, member, wrapping }: ModulePart): unknown {
    const loaded = this.require(module);
    if (member !== undefined) {
      return loaded[member];
    }
    if (wrapping === "default") {
      return { default: loaded };
    }
    return wrapping === "namespace" ? { ...loaded, default: loaded } : loaded;
  }

  /** Dynamic import. */
  import(specifier: string): Promise<unknown> {
    let found: string;
    try {
      found = this.require.resolve(specifier);
    } catch {
      return import(specifier);
    }
    return import(isAbsolute(found) ? pathToFileURL(found).href : found);
  }
}
