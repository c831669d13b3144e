import { types } from "node:util";
import type { AnyFunction } from "../any-function.js";
import { FunctionTransferError } from "../errors.cjs";
import type { Captures, Part } from "../wire/function-parts.cjs";
import { encode } from "../wire/structured-clone.cjs";
import { type ErrorClass, isErrorClass } from "../wire/thrown.cjs";
import { type Analysis, analysisOf } from "./analysis.js";
import { type Scope, scopesAround } from "./closure.js";
import { exportedFrom } from "./exporting-script.js";
import type { NameUse } from "./free-names.js";
import { isNative } from "./function-source.js";
import { article, isData, isNamespace, isPlain, isReference, shapeOf } from "./kinds.js";
import { globalNames, knownPart, wrappedModule } from "./known-values.js";
import { notebookExports } from "./notebook-exports.js";

export interface Dismantled {
  readonly parts: readonly Part[];
  /** Error classes that travel along, by name: what is thrown in the worker becomes one of them again. */
  readonly errorClasses: ReadonlyMap<string, ErrorClass>;
  /** Whether nothing outside the function can change it. */
  readonly isFinal: boolean;
}

/** Takes a function apart, with all it uses; throws a FunctionTransferError if something of it cannot travel. */
export function dismantle(fn: AnyFunction): Dismantled {
  const dismantler = new Dismantler(fn);
  dismantler.place(fn, []);
  return dismantler;
}

const native = "a native or bound function; wrap the call in a function of your own";
const incomplete = "one that uses `new.target` or private names of what is around it; pass them as arguments";

const references = new WeakMap<AnyFunction, Part | undefined>();

/** How a worker can get the function by itself, if it can; found out once. */
function referenceTo(fn: AnyFunction): Part | undefined {
  if (!references.has(fn)) {
    references.set(fn, knownPart(fn) ?? exportedFrom(fn));
  }
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

  get isFinal(): boolean {
    const [root] = this.parts;
    return root?.kind !== "function" || root.captures.length + root.properties.length === 0;
  }

  /** The place of a value in the table; `path` names how the function came by it. */
  place(value: unknown, path: readonly string[]): number {
    const known = this.#places.get(value);
    if (known !== undefined) {
      return known;
    }
    const place = this.parts.push({ kind: "value", value: undefined }) - 1;
    if (isReference(value)) {
      this.#places.set(value, place);
    }
    this.parts[place] = this.#partOf(value, path);
    return place;
  }

  #partOf(value: unknown, path: readonly string[]): Part {
    if (typeof value === "symbol") {
      return knownPart(value) ?? this.#registeredSymbol(value, path);
    }
    if (!isReference(value)) {
      return { kind: "value", value };
    }
    if (typeof value === "function") {
      return this.#functionPart(value as AnyFunction, path);
    }
    if (value === notebookExports()) {
      throw this.#refusal(path, "as a whole: name what it needs");
    }
    return knownPart(value) ?? wrappedModule(value) ?? this.#objectPart(value, path);
  }

  #registeredSymbol(symbol: symbol, path: readonly string[]): Part {
    const key = Symbol.keyFor(symbol);
    if (key === undefined) {
      throw this.#refusal(path, "a symbol of this process; use Symbol.for()");
    }
    return { kind: "symbol", key };
  }

  #functionPart(fn: AnyFunction, path: readonly string[]): Part {
    const known = referenceTo(fn);
    if (isErrorClass(fn)) {
      this.errorClasses.set(fn.name, fn);
    }
    if (known) {
      return known;
    }
    if ("resolve" in fn && "cache" in fn) {
      return { kind: "require" };
    }
    const analysis = analysisOf(fn);
    if (!analysis) {
      throw this.#refusal(path, isNative(fn) ? native : incomplete);
    }
    this.#checkSelf(analysis, path);
    const { expression, isClass, isStrict } = analysis.source;
    const captures = this.#captures(fn, analysis, path);
    const properties = this.#ownProperties(fn, isClass, path);
    return { kind: "function", name: fn.name, expression, isClass, isStrict, captures, properties };
  }

  #checkSelf({ names, source }: Analysis, path: readonly string[]): void {
    const isRoot = path.length === 0;
    if (names.usesOuterThis || (isRoot && names.usesOwnThis && !source.isClass)) {
      throw this.#refusal(
        [...path, "this"],
        "which has no value in a worker; pass the object as an argument",
      );
    }
    if (names.uses.some(({ name }) => name === "arguments")) {
      throw this.#refusal(
        [...path, "arguments"],
        "which belong to the function around it; name what it needs",
      );
    }
    if (names.usesSuper) {
      throw this.#refusal([...path, "super"], "which stays with its class");
    }
    if (names.usesImportMeta) {
      throw this.#refusal([...path, "import.meta"], "which stays with its module");
    }
    if (isRoot && source.isClass) {
      throw this.#refusal(path, "a class: call it with `new` inside a function");
    }
  }

  #captures(fn: AnyFunction, { names, source }: Analysis, path: readonly string[]): Captures {
    const captures: [string, number][] = [];
    let scopes: Scope[] | undefined;
    for (const use of names.uses) {
      scopes ??= this.#scopesOf(fn, names.uses);
      const scope = scopes.find((candidate) => use.name in candidate);
      if (scope) {
        captures.push([use.name, this.#capture(use, scope[use.name], path)]);
      } else if (use.name === source.base) {
        captures.push([use.name, this.#capture(use, Object.getPrototypeOf(fn), path)]);
      } else if (!globalNames.has(use.name) && !use.isOnlyTested) {
        throw this.#refusal([...path, use.name], "which is not defined");
      }
    }
    return captures;
  }

  /** In a notebook, names of other cells are members of `exports`: nothing else needs to be looked up for them. */
  #scopesOf(fn: AnyFunction, uses: readonly NameUse[]): Scope[] {
    const exports = notebookExports();
    if (exports && uses.every(({ name }) => name === "exports")) {
      return [{ exports }];
    }
    const needed = uses.filter(({ name }) => !globalNames.has(name));
    const outer = [exports, globalThis as unknown as Scope].map((scope = {}) =>
      Object.fromEntries(needed.flatMap(({ name }) => (name in scope ? [[name, scope[name]]] : []))),
    );
    return [...scopesAround(fn), ...outer];
  }

  #capture(use: NameUse, value: unknown, path: readonly string[]): number {
    const isMembersOnly = !use.isUsedWhole && isNamespace(value);
    const assigned = [...use.assigned].find((name) => name === use.name || isMembersOnly);
    if (assigned !== undefined) {
      const name = assigned.replace(/^exports\./, "");
      throw this.#refusal(
        [...path, name],
        "to which it assigns, but a worker has only a copy; return the value instead",
      );
    }
    if (isMembersOnly) {
      return this.#members(value, use, path);
    }
    const inner = [...path, use.name];
    if (use.isMadeAnew) {
      return this.#placeIfPossible(value, inner) ?? this.place(undefined, inner);
    }
    return this.place(value, inner);
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
    const part = { kind: "object", shape: "object", class: undefined, properties, entries: [] } as const;
    return this.parts.push(part) - 1;
  }

  #objectPart(object: object, path: readonly string[]): Part {
    if (isData(object) && isEncodable(object)) {
      return { kind: "value", value: object };
    }
    const prototype: unknown = Object.getPrototypeOf(object);
    const type = isPlain(prototype) ? undefined : this.#classOf(object, path);
    return {
      kind: "object",
      shape: shapeOf(object),
      class: type && this.place(type, [...path, type.name]),
      properties: this.#properties(object, path),
      entries: this.#entries(object, path),
    };
  }

  /** The class of an instance, if an instance made without its constructor can stand for it. */
  #classOf(object: object, path: readonly string[]): AnyFunction {
    const prototype = Object.getPrototypeOf(object) as { constructor?: unknown };
    const type = prototype.constructor;
    const isOfClass = typeof type === "function" && type.prototype === prototype;
    if (!isOfClass || !canBeCopied(type as AnyFunction)) {
      throw this.#refusal(
        path,
        `${article(object)}, which belongs to this process; create it inside the function`,
      );
    }
    return type as AnyFunction;
  }

  #properties(object: object, path: readonly string[]): Captures {
    const names = types.isNativeError(object) ? Object.getOwnPropertyNames(object) : Object.keys(object);
    const elements = Array.isArray(object) ? [["length", object.length] as const] : [];
    return [...names.map((name) => [name, object[name as keyof object]] as const), ...elements].map(
      ([name, value]) => [name, this.place(value, [...path, name])],
    );
  }

  #entries(object: object, path: readonly string[]): (readonly [number, number])[] {
    if (!types.isMap(object) && !types.isSet(object)) {
      return [];
    }
    return [...object.entries()].map(([key, value]) => {
      const inner = [...path, isReference(key) ? "a key" : String(key)];
      return [this.place(key, inner), this.place(value, inner)];
    });
  }

  /** Own properties of a function; those of a class that cannot travel become again what its source makes them. */
  #ownProperties(fn: AnyFunction, isClass: boolean, path: readonly string[]): Captures {
    return Object.entries(fn).flatMap(([name, value]) => {
      const inner = [...path, name];
      const place = isClass ? this.#placeIfPossible(value, inner) : this.place(value, inner);
      return place === undefined ? [] : [[name, place] as const];
    });
  }

  #placeIfPossible(value: unknown, path: readonly string[]): number | undefined {
    const { length } = this.parts;
    try {
      return this.place(value, path);
    } catch (error) {
      if (!(error instanceof FunctionTransferError)) {
        throw error;
      }
      this.parts.length = length;
      for (const [known, place] of this.#places) {
        if (place >= length) {
          this.#places.delete(known);
        }
      }
      return undefined;
    }
  }

  #refusal(path: readonly string[], what: string): FunctionTransferError {
    const name = this.#root.name || "anonymous";
    const chain = path.map((used) => `\`${used}\``).join(", which uses ");
    const uses = path.length === 0 ? "it is " : `it uses ${chain}, `;
    return new FunctionTransferError(`Cannot send function \`${name}\` to a worker: ${uses}${what}`);
  }
}

function isEncodable(object: object): boolean {
  try {
    encode(object);
    return true;
  } catch {
    return false;
  }
}

const copied = new Set<unknown>([
  Array,
  Map,
  Set,
  Error,
  AggregateError,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
]);

/** Not so if private fields or the inner workings of a built-in class would be missing from a copy. */
function canBeCopied(type: AnyFunction): boolean {
  for (let base: AnyFunction = type; base !== Function.prototype; base = Object.getPrototypeOf(base)) {
    if (copied.has(base)) {
      return true;
    }
    const known = knownPart(base);
    if (known?.kind === "global") {
      return false;
    }
    if (known?.kind === "module" && known.module.startsWith("node:")) {
      return base !== type;
    }
    if (analysisOf(base)?.names.hasPrivateNames) {
      return false;
    }
  }
  return true;
}
