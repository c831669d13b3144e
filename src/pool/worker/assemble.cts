import { types } from "node:util";
import type { Captures, FunctionPart, ObjectPart, Part, Shape } from "../wire/function-parts.cjs";
import { Modules } from "./modules.cjs";
import { compile } from "./template.cjs";

/** Makes the function again whose parts these are; runs in the worker. */
export function assemble(parts: readonly Part[], folder: string): unknown {
  return new Assembler(parts, folder).assemble();
}

class Assembler {
  readonly #parts: readonly Part[];
  readonly #modules: Modules;
  readonly #values = new Map<number, unknown>();
  /** Classes whose captured variables are being made. */
  readonly #making = new Set<number>();
  /** Give the functions made so far their captured variables. */
  readonly #bindings: (() => void)[] = [];

  constructor(parts: readonly Part[], folder: string) {
    this.#parts = parts;
    this.#modules = new Modules(folder);
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
        return this.#modules.require;
      case "global":
        return globalAt(part.path);
      case "module":
        return this.#modules.load(part);
    }
  }

  /** A function can be bound after it was made; a class uses its variables while it is made, and afterwards. */
  #makeFunction(place: number, part: FunctionPart): void {
    const template = compile(part, (specifier) => this.#modules.import(specifier));
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
    const made = template.make();
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
      this.#whenMade(type, (made) => {
        if (typeof made === "function") {
          Object.setPrototypeOf(object, made.prototype);
        }
      });
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

function globalAt(path: readonly string[]): unknown {
  let value: unknown = globalThis;
  for (const name of path) {
    value = Object(value)[name];
  }
  return value;
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
