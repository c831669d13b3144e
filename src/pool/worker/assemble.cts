import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import { Script } from "node:vm";
import type { Captures, FunctionPart, ModulePart, ObjectPart, Part, Shape } from "../wire/function-parts.cjs";

/** Makes the function again whose parts these are; runs in the worker. */
export function assemble(parts: readonly Part[], folder: string): unknown {
  return new Assembler(parts, folder).assemble();
}

interface Template {
  make(): unknown;
  bind(values: Record<string, unknown>): void;
}

class Assembler {
  readonly #parts: readonly Part[];
  readonly #folder: string;
  #ownRequire: NodeJS.Require | undefined;
  readonly #values = new Map<number, unknown>();
  /** Classes whose captured variables are being made. */
  readonly #making = new Set<number>();
  /** Give the functions made so far their captured variables. */
  readonly #bindings: (() => void)[] = [];

  constructor(parts: readonly Part[], folder: string) {
    this.#parts = parts;
    this.#folder = folder;
  }

  /** Made when it is needed: most functions do without, and it takes memory. */
  get #require(): NodeJS.Require {
    const { createRequire } = require("node:module") as typeof import("node:module");
    this.#ownRequire ??= createRequire(`${this.#folder}/`);
    return this.#ownRequire;
  }

  assemble(): unknown {
    const value = this.#value(0);
    this.#bindAll();
    return value;
  }

  /** Binding makes more functions, which have to be bound as well. */
  #bindAll(): void {
    for (let index = 0; index < this.#bindings.length; index++) {
      this.#bindings[index]?.();
    }
  }

  #value(place: number): unknown {
    const part = this.#parts[place];
    if (this.#values.has(place) || !part) {
      return this.#values.get(place);
    }
    this.#values.set(place, undefined);
    if (part.kind === "function") {
      this.#makeFunction(place, part);
    } else if (part.kind === "object") {
      this.#makeObject(place, part);
    } else {
      this.#values.set(place, this.#simple(part));
    }
    return this.#values.get(place);
  }

  #simple(part: Exclude<Part, FunctionPart | ObjectPart>): unknown {
    switch (part.kind) {
      case "value":
        return part.value;
      case "symbol":
        return Symbol.for(part.key);
      case "require":
        return this.#require;
      case "global":
        return part.path.reduce<unknown>(
          (value, name) => (value as Record<string, unknown>)[name],
          globalThis,
        );
      case "module":
        return this.#load(part);
    }
  }

  #load({ module, member, wrapping }: ModulePart): unknown {
    const loaded = this.#require(module);
    if (member !== undefined) {
      return loaded[member];
    }
    if (wrapping === "default") {
      return { default: loaded };
    }
    return wrapping === "namespace" ? { ...loaded, default: loaded } : loaded;
  }

  /** Dynamic import: the function's folder is where modules are looked for. */
  #import(specifier: string): Promise<unknown> {
    let found: string;
    try {
      found = this.#require.resolve(specifier);
    } catch {
      return import(specifier);
    }
    return import(isAbsolute(found) ? pathToFileURL(found).href : found);
  }

  /** A function can be bound after it was made; a class uses its variables while it is made, and afterwards. */
  #makeFunction(place: number, part: FunctionPart): void {
    const template = compile(part, (specifier) => this.#import(specifier));
    const bind = () => {
      template.bind(
        Object.fromEntries(part.captures.map(([name, captured]) => [name, this.#value(captured)])),
      );
    };
    if (part.isClass) {
      this.#making.add(place);
      bind();
      this.#bindAll();
      this.#making.delete(place);
    }
    const made = template.make() as { readonly name: string };
    if (made.name !== part.name) {
      Object.defineProperty(made, "name", { value: part.name, configurable: true });
    }
    this.#values.set(place, made);
    this.#bindings.push(bind, () => this.#assign(made, part.properties));
  }

  #makeObject(place: number, { shape, class: type, properties, entries }: ObjectPart): void {
    const object = shapes[shape]();
    this.#values.set(place, object);
    if (type !== undefined) {
      this.#whenMade(type, (made) =>
        Object.setPrototypeOf(object, (made as { prototype: object }).prototype),
      );
    }
    this.#assign(object, properties);
    for (const [key, value] of entries) {
      this.#whenMade(key, (madeKey) => this.#whenMade(value, (madeValue) => add(object, madeKey, madeValue)));
    }
  }

  #assign(object: object, properties: Captures): void {
    for (const [name, place] of properties) {
      this.#whenMade(place, (value) => assign(object, name, value));
    }
  }

  /** A class that is being made may use objects that hold the class itself: they get it afterwards. */
  #whenMade(place: number, use: (value: unknown) => void): void {
    if (this.#making.has(place)) {
      this.#bindings.push(() => this.#making.has(place) || use(this.#value(place)));
    } else {
      use(this.#value(place));
    }
  }
}

const shapes: Record<Shape, () => object> = {
  object: () => ({}),
  array: () => [],
  map: () => new Map(),
  set: () => new Set(),
  error: () => new Error(""),
};

function assign(object: object, name: string, value: unknown): void {
  const isWritable = Object.getOwnPropertyDescriptor(object, name)?.writable;
  if (isWritable) {
    Object.assign(object, { [name]: value });
  } else {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  }
}

/** Without regard to what a class of the user's makes of `set` or `add`. */
function add(object: object, key: unknown, value: unknown): void {
  if (types.isMap(object)) {
    Map.prototype.set.call(object, key, value);
  } else {
    Set.prototype.add.call(object, value);
  }
}

type Importer = (specifier: string) => Promise<unknown>;

function compile({ name, expression, isStrict, captures }: FunctionPart, importer: Importer): Template {
  const names = captures.map(([captured]) => captured).join(", ");
  const strictness = isStrict ? '"use strict"; ' : "";
  const declarations = names && `let ${names}; `;
  const binding = names && `({ ${names} } = $values$);`;
  const label = JSON.stringify(name || "anonymous");
  const head = `(function ($import$) { ${strictness}${declarations}return { bind($values$) { ${binding} }, make() { return ({ ${label}: (`;
  const script = new Script(`${head}${expression}) })[${label}]; } }; })`, {
    filename: name || "anonymous",
    columnOffset: -head.length,
  });
  return script.runInThisContext()(importer) as Template;
}
