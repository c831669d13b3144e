import { FunctionTransferError } from "../errors.cjs";
import { type ErrorClass, isErrorClass } from "../thrown.cjs";
import { encode } from "../values.cjs";
import { type Analysis, analysisOf } from "./analysis.js";
import type { AnyFunction } from "./any-function.js";
import { type Scope, scopesAround } from "./closure.js";
import { exportedFrom } from "./exporting-script.js";
import type { NameUse } from "./free-names.js";
import { article, isCloneable, isNamespace, isReference } from "./kinds.js";
import { globalNames, knownPart, wrappedModule } from "./known-values.js";
import { notebookExports } from "./notebook.js";
import type { Captures, Part } from "./parts.cjs";

export interface Dismantled {
  readonly parts: readonly Part[];
  /** Error classes that travel along, by name: what is thrown in the worker becomes one of them again. */
  readonly errorClasses: ReadonlyMap<string, ErrorClass>;
}

/** Takes a function apart, with all it uses; throws a FunctionTransferError if something of it cannot travel. */
export function dismantle(fn: AnyFunction): Dismantled {
  const dismantler = new Dismantler(fn);
  dismantler.place(fn, []);
  return dismantler;
}

const references = new WeakMap<AnyFunction, Part | undefined>();

/** How a worker can get the function by itself, if it can; found out once. */
function referenceTo(fn: AnyFunction): Part | undefined {
  if (!references.has(fn)) references.set(fn, knownPart(fn) ?? exportedFrom(fn));
  return references.get(fn);
}

class Dismantler implements Dismantled {
  readonly parts: Part[] = [];
  readonly errorClasses = new Map<string, ErrorClass>();
  readonly #places = new Map<unknown, number>();
  readonly #root: AnyFunction;

  constructor(root: AnyFunction) {
    this.#root = root;
  }

  /** The place of a value in the table; `path` names how the function came by it. */
  place(value: unknown, path: readonly string[]): number {
    const known = this.#places.get(value);
    if (known !== undefined) return known;
    const place = this.parts.push({ kind: "value", value: undefined }) - 1;
    if (isReference(value)) this.#places.set(value, place);
    this.parts[place] = this.#partOf(value, path);
    return place;
  }

  #partOf(value: unknown, path: readonly string[]): Part {
    if (typeof value === "symbol") return knownPart(value) ?? this.#registeredSymbol(value, path);
    if (!isReference(value)) return { kind: "value", value };
    if (typeof value === "function") return this.#functionPart(value as AnyFunction, path);
    return knownPart(value) ?? wrappedModule(value) ?? this.#objectPart(value, path);
  }

  #registeredSymbol(symbol: symbol, path: readonly string[]): Part {
    const key = Symbol.keyFor(symbol);
    if (key === undefined) throw this.#refusal(path, "a symbol of this process; use Symbol.for()");
    return { kind: "symbol", key };
  }

  #functionPart(fn: AnyFunction, path: readonly string[]): Part {
    const known = referenceTo(fn);
    if (isErrorClass(fn)) this.errorClasses.set(fn.name, fn);
    if (known) return known;
    if ("resolve" in fn && "cache" in fn) return { kind: "require" };
    const analysis = analysisOf(fn);
    if (!analysis)
      throw this.#refusal(path, "a native or bound function; wrap the call in a function of your own");
    this.#checkSelf(analysis, path);
    const { expression, isClass, isStrict } = analysis.source;
    const captures = this.#captures(fn, analysis, path);
    return { kind: "function", name: fn.name, expression, isClass, isStrict, captures };
  }

  #checkSelf({ names, source }: Analysis, path: readonly string[]): void {
    const isRoot = path.length === 0;
    if (names.usesOuterThis || (isRoot && names.usesOwnThis && !source.isClass)) {
      throw this.#refusal(
        [...path, "this"],
        "which has no value in a worker; pass the object as an argument",
      );
    }
    if (names.usesSuper) throw this.#refusal([...path, "super"], "which stays with its class");
    if (names.usesImportMeta) throw this.#refusal([...path, "import.meta"], "which stays with its module");
    if (isRoot && source.isClass) throw this.#refusal(path, "a class: call it with `new` inside a function");
  }

  #captures(fn: AnyFunction, { names }: Analysis, path: readonly string[]): Captures {
    const captures: [string, number][] = [];
    let scopes: Scope[] | undefined;
    for (const use of names.uses) {
      scopes ??= this.#scopesOf(fn, names.uses);
      const scope = scopes.find((candidate) => use.name in candidate);
      if (scope) {
        captures.push([use.name, this.#capture(use, scope[use.name], path)]);
      } else if (!globalNames.has(use.name) && !use.isOnlyTested) {
        throw this.#refusal([...path, use.name], "which is not defined");
      }
    }
    return captures;
  }

  /** In a notebook, names of other cells are members of `exports`: nothing else needs to be looked up for them. */
  #scopesOf(fn: AnyFunction, uses: readonly NameUse[]): Scope[] {
    const exports = notebookExports();
    const needed = uses.filter(({ name }) => !globalNames.has(name));
    const own = globalThis as unknown as Scope;
    const added = Object.fromEntries(needed.flatMap(({ name }) => (name in own ? [[name, own[name]]] : [])));
    if (exports && needed.every(({ name }) => name === "exports")) return [{ exports }, added];
    return needed.length === 0 ? [] : [...scopesAround(fn), ...(exports ? [exports] : []), added];
  }

  #capture(use: NameUse, value: unknown, path: readonly string[]): number {
    const [assigned] = use.assigned;
    const isMembersOnly = !use.isUsedWhole && isNamespace(value);
    if (assigned !== undefined && (assigned === use.name || isMembersOnly)) {
      const name = assigned.replace(/^exports\./, "");
      throw this.#refusal(
        [...path, name],
        "to which it assigns, but a worker has only a copy; return the value instead",
      );
    }
    if (isMembersOnly) return this.#members(value, use, path);
    const name = use.name;
    if (name === "exports" && value === notebookExports()) {
      throw this.#refusal([...path, name], "as a whole: name what it needs");
    }
    return this.place(value, [...path, name]);
  }

  /** Of a namespace only what is used travels. */
  #members(namespace: object, use: NameUse, path: readonly string[]): number {
    const properties: [string, number][] = [];
    for (const name of use.members) {
      const value = (namespace as Record<string, unknown>)[name];
      if (value === undefined && !(name in namespace)) {
        throw this.#refusal([...path, name], "which is not defined");
      }
      properties.push([name, this.place(value, [...path, name])]);
    }
    return this.parts.push({ kind: "object", isArray: false, class: undefined, properties }) - 1;
  }

  #objectPart(object: object, path: readonly string[]): Part {
    const prototype: unknown = Object.getPrototypeOf(object);
    const isArray = Array.isArray(object);
    const isPlain = isArray || prototype === Object.prototype || prototype === null;
    if (isPlain || isCloneable(prototype)) {
      try {
        encode(object);
        return { kind: "value", value: object };
      } catch {
        if (!isPlain) throw this.#refusal(path, `${article(object)}, which cannot be cloned`);
      }
      return { kind: "object", isArray, class: undefined, properties: this.#properties(object, path) };
    }
    const { constructor: type } = object;
    const known = typeof type === "function" ? knownPart(type) : undefined;
    const isOfThisProcess = known && (known.kind !== "module" || known.module.startsWith("node:"));
    const hasPrivateNames = analysisOf(type as AnyFunction)?.names.hasPrivateNames;
    if (isOfThisProcess || hasPrivateNames || typeof type !== "function") {
      throw this.#refusal(
        path,
        `${article(object)}, which belongs to this process; create it inside the function`,
      );
    }
    const place = this.place(type, [...path, type.name]);
    return { kind: "object", isArray, class: place, properties: this.#properties(object, path) };
  }

  #properties(object: object, path: readonly string[]): Captures {
    return Object.entries(object).map(([name, value]) => [name, this.place(value, [...path, name])]);
  }

  #refusal(path: readonly string[], what: string): FunctionTransferError {
    const name = this.#root.name || "anonymous";
    const chain = path.map((used) => `\`${used}\``).join(", which uses ");
    const uses = path.length === 0 ? "it is " : `it uses ${chain}, `;
    return new FunctionTransferError(`Cannot send function \`${name}\` to a worker: ${uses}${what}`);
  }
}
