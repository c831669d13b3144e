import { canonicalModule, globalScope, impliedBy } from "./outline.js";
import type { PackedOutline } from "./packed-outline.js";

/**
 * The units that a set of names needs: all that declare them, and all that those mention. A name counts wherever it may
 * be meant, so that what is left out is out of reach.
 */
export class NeededUnits {
  readonly #outline: PackedOutline;
  readonly #kept = new Set<number>();
  readonly #asked = new Set<string>();
  readonly #entered = new Set<string>();
  readonly #whole = new Set<string>();
  readonly #words = new Set<string>();

  constructor(outline: PackedOutline) {
    this.#outline = outline;
    for (const name of outline.roots) {
      this.#ask(globalScope, name);
    }
  }

  get size(): number {
    return this.#kept.size;
  }

  has(unit: number): boolean {
    return this.#kept.has(unit);
  }

  isEntered(name: string): boolean {
    return this.#entered.has(canonicalModule(name));
  }

  /** Words of a text that sees the global scope and the modules that anything has entered. */
  addWords(words: Iterable<string>): void {
    for (const word of words) {
      if (!this.#words.has(word)) {
        this.#words.add(word);
        for (const scope of [globalScope, ...this.#entered]) {
          this.#ask(scope, word);
        }
        const implied = impliedBy.get(word);
        if (implied !== undefined) {
          this.#ask(globalScope, implied);
        }
      }
    }
  }

  /** A module of which a text may use all that it names. */
  enter(name: string): void {
    const module = canonicalModule(name);
    const scope = this.#outline.modules.get(module);
    if (!scope || this.#entered.has(module)) {
      return;
    }
    this.#entered.add(module);
    for (const each of scope.main) {
      this.#askInside(module, each, []);
    }
    for (const each of scope.exports) {
      this.#askInside(each.module ?? module, each.local, []);
    }
    for (const each of scope.stars) {
      this.enter(each);
    }
    for (const word of this.#outline.declaring(module).keys()) {
      if (this.#words.has(word)) {
        this.#ask(module, word);
      }
    }
  }

  /** A module that is meant as a whole. */
  enterWhole(name: string): void {
    const module = canonicalModule(name);
    const scope = this.#outline.modules.get(module);
    if (!scope || this.#whole.has(module)) {
      return;
    }
    this.#whole.add(module);
    this.enter(module);
    for (const each of scope.stars) {
      this.enterWhole(each);
    }
    for (const each of scope.exports) {
      this.#ask(each.module ?? module, each.local);
    }
    for (const [name, units] of this.#outline.declaring(module)) {
      if (units.some((unit) => this.#outline.unit(unit).bindings.length === 0)) {
        this.#ask(module, name);
      }
    }
  }

  /** A name that may be meant with all that belongs to it. */
  #ask(scope: string, name: string): void {
    this.#askOnce(scope, name);
    for (const module of this.#namespaces(scope, name)) {
      this.enterWhole(module);
    }
  }

  /** A name of which a unit uses only what it names itself, if it is a module's. */
  #askInside(scope: string, name: string, members: readonly string[]): void {
    this.#askOnce(scope, name);
    for (const module of this.#namespaces(scope, name)) {
      this.enter(module);
      for (const member of members) {
        this.#ask(module, member);
      }
    }
  }

  #askOnce(scope: string, name: string): void {
    const key = `${scope} ${name}`;
    if (this.#asked.has(key)) {
      return;
    }
    this.#asked.add(key);
    for (const number of this.#outline.declaring(scope).get(name) ?? []) {
      this.#keep(number, name);
    }
    const { exports = [], stars = [] } = this.#outline.modules.get(scope) ?? {};
    for (const { local, module = scope, name: exported } of exports) {
      const isItself = module === scope && local === name;
      if (exported === name && !isItself) {
        this.enter(module);
        this.#ask(module, local);
      }
    }
    for (const module of stars.filter((each) => each !== scope)) {
      this.#ask(module, name);
    }
  }

  /** The modules whose namespaces have this name. */
  #namespaces(scope: string, name: string): string[] {
    return (this.#outline.declaring(scope).get(name) ?? []).flatMap((number) =>
      this.#outline
        .unit(number)
        .bindings.filter((each) => each.name === name && each.imported === undefined)
        .map(({ module }) => module),
    );
  }

  #keep(number: number, name: string): void {
    const unit = this.#outline.unit(number);
    for (const { name: bound, module, imported } of unit.bindings) {
      if (bound === name && imported !== undefined) {
        this.enter(module);
        this.#ask(module, imported);
      }
    }
    if (this.#kept.has(number)) {
      return;
    }
    this.#kept.add(number);
    const { sees, mentions, qualifiers, modules, wholeModules } = unit;
    for (const scope of sees) {
      for (const each of mentions) {
        this.#ask(scope, each);
      }
      for (const each of qualifiers) {
        this.#askInside(scope, each, mentions);
      }
    }
    for (const module of modules) {
      this.enter(module);
      for (const each of mentions) {
        this.#ask(module, each);
      }
    }
    for (const module of wholeModules) {
      this.enterWhole(module);
    }
  }
}
