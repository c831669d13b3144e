import { types } from "node:util";
import type { AnyFunction } from "../../function-types.js";
import type { FunctionPart, Integrity, Member } from "../../wire/function-parts.cjs";
import type { ClassText, WrittenMember } from "../analysis/class-text.js";
import { isFunction, isObject } from "../objects.js";
import type { PartTable } from "../part-table.js";
import type { Path } from "../path.js";
import { metadataOf } from "./metadata.js";

/** All that a function has beyond its source. */
export interface Members {
  readonly members: readonly Member[];
  /** Keys of static fields whose values cannot travel: their initializers run again. */
  readonly remade: ReadonlySet<string>;
  readonly parent: number | undefined;
  readonly prototypeParent: number | undefined;
  readonly integrity: FunctionPart["integrity"];
  readonly metadata: FunctionPart["metadata"];
}

type Owner = Member["on"];

const ofEveryFunction = new Set<PropertyKey>(["length", "name", "prototype", "arguments", "caller"]);

export function membersOf(
  fn: AnyFunction,
  text: ClassText | undefined,
  path: Path,
  table: PartTable,
): Members {
  const collector = new Collector(text, path, table);
  collector.collect(fn, "function", (key) => ofEveryFunction.has(key));
  const prototype = prototypeOf(fn);
  if (prototype) {
    const maker = Object.getOwnPropertyDescriptor(prototype, "constructor");
    if (maker?.value !== fn && !table.has(prototype)) {
      table.register(prototype, { kind: "prototype", of: table.place(fn, path) });
    }
    collector.collect(prototype, "prototype", (key) => key === "constructor" && maker?.value === fn);
    if (!maker && !types.isGeneratorFunction(fn)) {
      collector.delete("prototype", "constructor");
    }
  }
  const place = (parent: unknown) => table.place(parent, path.to("its prototype"));
  const parents = unusualParents(fn, prototype, text);
  return {
    members: collector.members,
    remade: collector.remade,
    parent: parents.own && place(parents.own.parent),
    prototypeParent: parents.ofPrototype && place(parents.ofPrototype.parent),
    integrity: integrityOf(fn, prototype),
    metadata: metadataOf(fn, prototype, path, table),
  };
}

function integrityOf(fn: AnyFunction, prototype: object | undefined): FunctionPart["integrity"] {
  const closed = { function: levelOf(fn), prototype: prototype && levelOf(prototype) };
  return closed.function || closed.prototype ? closed : undefined;
}

function levelOf(object: object): Integrity | undefined {
  if (Object.isExtensible(object)) {
    return undefined;
  }
  if (Object.isFrozen(object)) {
    return "freeze";
  }
  return Object.isSealed(object) ? "seal" : "preventExtensions";
}

/** The prototype of what a function constructs, or of the generators that it gives. */
function prototypeOf(fn: AnyFunction): object | undefined {
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, "prototype")?.value;
  return isObject(prototype) ? prototype : undefined;
}

const generators = [function* () {}, async function* () {}] as const;

const ordinaryParents = new Set<unknown>(
  [() => {}, async () => {}, ...generators].map((fn) => Object.getPrototypeOf(fn)),
);

/** Those of the generators that functions of either kind give. */
const generatorParents = new Set<unknown>(
  generators.map(({ prototype }) => Object.getPrototypeOf(prototype)),
);

/** From what a function and its prototype inherit, where the source does not say so. */
function unusualParents(fn: AnyFunction, prototype: object | undefined, text: ClassText | undefined) {
  const parent: unknown = Object.getPrototypeOf(fn);
  const ofPrototype: unknown = prototype && Object.getPrototypeOf(prototype);
  const inherited = text?.heritage && isFunction(parent) ? parent.prototype : Object.prototype;
  const ordinary = text?.extendsNull ? null : inherited;
  const isOrdinary = types.isGeneratorFunction(fn)
    ? generatorParents.has(ofPrototype)
    : ofPrototype === ordinary;
  return {
    own: text?.heritage || ordinaryParents.has(parent) ? undefined : { parent },
    ofPrototype: prototype === undefined || isOrdinary ? undefined : { parent: ofPrototype },
  };
}

class Collector {
  readonly members: Member[] = [];
  readonly remade = new Set<string>();
  readonly #text: ClassText | undefined;
  readonly #path: Path;
  readonly #table: PartTable;

  constructor(text: ClassText | undefined, path: Path, table: PartTable) {
    this.#text = text;
    this.#path = path;
    this.#table = table;
  }

  collect(object: object, on: Owner, isImplied: (key: PropertyKey) => boolean): void {
    const written = this.#text?.members.filter(({ isStatic }) => isStatic === (on === "function")) ?? [];
    const isClosed = Object.isSealed(object);
    for (const key of Reflect.ownKeys(object)) {
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      const isUsual = descriptor && (isClosed || isChangeable(descriptor));
      if (descriptor && !isImplied(key) && !(isUsual && isAsWritten(key, descriptor, written))) {
        this.#add(on, key, descriptor, written);
      }
    }
    for (const { kind, key } of written) {
      const isMethod = kind !== "field" && kind !== "block";
      if (isMethod && key !== undefined && !key.startsWith("#") && !Object.hasOwn(object, key)) {
        this.delete(on, key);
      }
    }
  }

  delete(on: Owner, key: string): void {
    const flags = { enumerable: false, configurable: true };
    this.members.push({ on, key: this.#table.place(key, this.#path), flags });
  }

  #add(
    on: Owner,
    key: string | symbol,
    descriptor: PropertyDescriptor,
    written: readonly WrittenMember[],
  ): void {
    const { value, get, set, enumerable = false, configurable = false, writable } = descriptor;
    const inner = this.#path.to(typeof key === "symbol" ? String(key) : key);
    const field = written.find((member) => member.kind === "field" && member.key === key);
    if (field?.value && on === "function") {
      const place = this.#table.placeIfPossible(value, inner);
      if (place === undefined) {
        this.remade.add(String(key));
        return;
      }
    }
    const place = (accessor: unknown) =>
      accessor === undefined ? undefined : this.#table.place(accessor, inner);
    this.members.push({
      on,
      key: this.#table.place(key, inner),
      ...(get || set ? { get: place(get), set: place(set) } : { value: this.#table.place(value, inner) }),
      flags: { enumerable, configurable, ...(!(get || set) && { writable: writable ?? false }) },
    });
  }
}

function isChangeable({ configurable, writable }: PropertyDescriptor): boolean {
  return configurable === true && writable !== false;
}

/** A member of a class that is still what its source makes it. */
function isAsWritten(
  key: PropertyKey,
  descriptor: PropertyDescriptor,
  written: readonly WrittenMember[],
): boolean {
  const { value, get, set, enumerable } = descriptor;
  const functions = { method: value, get, set };
  const needed = (["method", "get", "set"] as const).filter((kind) => functions[kind] !== undefined);
  return (
    enumerable === false &&
    needed.every(
      (kind) =>
        isFunction(functions[kind]) &&
        written.some(
          (member) => member.kind === kind && mayBe(member, key) && isText(functions[kind], member.text),
        ),
    )
  );
}

function mayBe({ key }: WrittenMember, actual: PropertyKey): boolean {
  return key === undefined || key === actual;
}

function isText(fn: unknown, text: string): boolean {
  return isFunction(fn) && Function.prototype.toString.call(fn) === text;
}
