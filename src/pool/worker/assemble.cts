import type {
  FunctionPart,
  Integrity,
  Member,
  MethodPart,
  ObjectPart,
  Part,
  Property,
} from "../wire/function-parts.cjs";
import type { Values } from "../wire/typed-array.cjs";
import { accessorsOf, madeSpecial, makeObject, type Workshop } from "./make-object.cjs";
import { defineMetadata } from "./metadata.cjs";
import type { Modules } from "./modules.cjs";
import { globalAt } from "./objects.cjs";
import { sharedValue } from "./shared-values.cjs";
import { compile, type Template } from "./template.cjs";

/** Makes the function again whose parts these are, with the values that come with its call; runs in the worker. */
export function assemble(parts: readonly Part[], modules: Modules, given: Values = []): unknown {
  return new Assembler(parts, modules, given).assemble();
}

type Originals = Record<MethodPart["on"], PropertyDescriptorMap>;

class Assembler {
  readonly #parts: readonly Part[];
  readonly #modules: Modules;
  readonly #given: Values;
  readonly #values = new Map<number, unknown>();
  /** Classes that are being made: what uses them meanwhile gets them afterwards. */
  readonly #making = new Set<number>();
  /** The methods of classes as their sources make them. */
  readonly #originals = new Map<number, Originals>();
  /** Give functions their variables and members; may be done early, and is done again when all are made. */
  readonly #completions = new Map<number, (isLast: boolean) => void>();
  /** Functions that are frozen, sealed or not extensible by now. */
  readonly #closed = new Set<object>();
  readonly #queue: (() => void)[] = [];
  readonly #workshop: Workshop = {
    value: (place) => this.#value(place),
    whenMade: (places, use) => this.#whenMade(places, use),
    atLast: (use) => this.#queue.push(use),
  };

  constructor(parts: readonly Part[], modules: Modules, given: Values) {
    this.#parts = parts;
    this.#modules = modules;
    this.#given = given;
  }

  assemble(): unknown {
    const value = this.#value(0);
    for (let index = 0; index < this.#queue.length; index++) {
      this.#queue[index]?.();
    }
    return value;
  }

  /** Undefined for a class that cannot be made yet, because what it needs is being made. */
  #value(place: number): unknown {
    const part = this.#parts[place];
    if (this.#values.has(place) || this.#making.has(place) || !part) {
      return this.#values.get(place);
    }
    if (part.kind === "function") {
      this.#makeFunction(place, part);
    } else if (part.kind === "object") {
      makeObject(part, this.#workshop, (object) => this.#values.set(place, object));
    } else {
      this.#values.set(place, this.#simple(part));
    }
    return this.#values.get(place);
  }

  #simple(part: Exclude<Part, FunctionPart | ObjectPart>): unknown {
    switch (part.kind) {
      case "value":
        return madeSpecial(part, this.#workshop);
      case "given":
        return this.#given[part.index];
      case "shared":
        return sharedValue(part.id);
      case "symbol":
        return Symbol.for(part.key);
      case "require":
        return this.#modules.requireFrom(part.module);
      case "global":
        return globalAt(part.path);
      case "module":
        return this.#modules.load(part);
      case "prototype":
        return Object(this.#value(part.of)).prototype;
      case "method":
        this.#value(part.of);
        return this.#originals.get(part.of)?.[part.on][part.key]?.[part.accessor];
    }
  }

  #isMissing(place: number): boolean {
    return this.#parts[place]?.kind === "function" && !this.#values.has(place);
  }

  #makeFunction(place: number, part: FunctionPart): void {
    const template = compile(part, this.#modules);
    if (part.isClass && !this.#isReadyToMake(place, part, template)) {
      return;
    }
    const fn = template.make();
    if (fn.name !== part.name) {
      Object.defineProperty(fn, "name", { value: part.name, configurable: true });
    }
    this.#values.set(place, fn);
    if (part.isClass) {
      this.#originals.set(place, {
        function: Object.getOwnPropertyDescriptors(fn),
        prototype: Object.getOwnPropertyDescriptors(Object(fn).prototype),
      });
    }
    const complete = (isLast: boolean) => {
      this.#bind(template, part);
      if (!this.#closed.has(fn)) {
        this.#complete(fn, part, isLast);
      }
    };
    this.#completions.set(place, complete);
    this.#queue.push(() => {
      complete(true);
      this.#queue.push(() => {
        defineMetadata(fn, part, this.#workshop);
        this.#close(fn, part);
      });
    });
  }

  /** Makes and binds what the class uses while it is made. */
  #isReadyToMake(place: number, part: FunctionPart, template: Template): boolean {
    this.#making.add(place);
    if (part.runsCode) {
      const seen = new Set([place]);
      for (const [, captured] of part.captures) {
        this.#settle(captured, seen);
      }
    }
    this.#bind(template, part, part.runsCode ? undefined : part.eager);
    this.#making.delete(place);
    return part.eager.every((needed) => !this.#isMissing(needed));
  }

  #bind(template: Template, { captures }: FunctionPart, only?: readonly number[]): void {
    const bound = only ? captures.filter(([, captured]) => only.includes(captured)) : captures;
    template.bind(Object.fromEntries(bound.map(([name, captured]) => [name, this.#value(captured)])));
  }

  /** Makes a value and all that it reaches ready for use, as far as that is possible by now. */
  #settle(place: number, seen: Set<number>): void {
    if (seen.has(place)) {
      return;
    }
    seen.add(place);
    this.#value(place);
    this.#completions.get(place)?.(false);
    const part = this.#parts[place];
    const reached =
      part?.kind === "function"
        ? [...part.captures.map(([, captured]) => captured), ...part.members.flatMap(placesIn)]
        : part?.kind === "object"
          ? part.properties.flatMap(placesIn)
          : [];
    for (const next of reached) {
      this.#settle(next, seen);
    }
  }

  #complete(fn: object, { members, parent, prototypeParent }: FunctionPart, isLast: boolean): void {
    const prototype: unknown = Reflect.get(fn, "prototype");
    if (parent !== undefined) {
      Object.setPrototypeOf(fn, this.#object(parent));
    }
    if (prototypeParent !== undefined) {
      Object.setPrototypeOf(prototype, this.#object(prototypeParent));
    }
    for (const member of members) {
      this.#addMember(member.on === "function" ? fn : Object(prototype), member, isLast);
    }
  }

  #close(fn: object, { integrity }: FunctionPart): void {
    if (!integrity) {
      return;
    }
    this.#closed.add(fn);
    const { function: ofFunction, prototype: ofPrototype } = integrity;
    if (ofPrototype) {
      closedBy(ofPrototype, Reflect.get(fn, "prototype"));
    }
    if (ofFunction) {
      closedBy(ofFunction, fn);
    }
  }

  #object(place: number): object | null {
    const value = this.#value(place);
    return value === null ? null : Object(value);
  }

  #addMember(object: object, { key, value, get, set, flags }: Member, isLast: boolean): void {
    const name = this.#value(key) as PropertyKey;
    if (value === undefined && get === undefined && set === undefined) {
      Reflect.deleteProperty(object, name);
      return;
    }
    const { enumerable } = flags;
    const configurable = flags.configurable || !isLast;
    Object.defineProperty(
      object,
      name,
      value === undefined
        ? accessorsOf({ get, set }, { enumerable, configurable }, this.#workshop)
        : { value: this.#value(value), writable: flags.writable || !isLast, enumerable, configurable },
    );
  }

  /** At once, unless one of the values cannot be made yet. */
  #whenMade(places: readonly number[], use: () => void): void {
    for (const place of places) {
      this.#value(place);
    }
    if (places.some((place) => this.#isMissing(place))) {
      this.#queue.push(use);
    } else {
      use();
    }
  }
}

function closedBy(level: Integrity, object: object): void {
  const close: (object: object) => object = Object[level];
  close(object);
}

function placesIn({ value, get, set }: Property): number[] {
  return [value, get, set].filter((place) => place !== undefined);
}
