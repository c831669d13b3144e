import type { FunctionDefinition } from "../functions/definition.js";

/** Changes to the functions that a worker has. */
export interface FunctionUpdate {
  readonly learn: readonly FunctionDefinition[];
  readonly forget: readonly number[];
}

const nothing: FunctionUpdate = { learn: [], forget: [] };

/** Functions that a worker keeps; what was not used for longest is forgotten first. */
const capacity = 500;

/** Knows which functions a worker has, so that each travels once. */
export class SentFunctions {
  /** In the order of their last use. */
  readonly #ids = new Set<number>();
  #latest: number | undefined;

  /** Tells what the worker must learn, and may forget, to run these functions next. */
  update(definitions: readonly FunctionDefinition[]): FunctionUpdate {
    if (definitions.every((definition) => definition.id === this.#latest && definition.needs.length === 0)) {
      return nothing;
    }
    const learn: FunctionDefinition[] = [];
    for (const definition of definitions.flatMap(withNeeds)) {
      if (definition.id === this.#latest) {
        continue;
      }
      this.#latest = definition.id;
      if (!this.#ids.delete(definition.id)) {
        learn.push(definition);
      }
      this.#ids.add(definition.id);
    }
    const excess = Math.max(0, this.#ids.size - Math.max(capacity, definitions.length));
    const forget = [...this.#ids].slice(0, excess);
    for (const id of forget) {
      this.#ids.delete(id);
    }
    return { learn, forget };
  }
}

/** A function after what it needs. */
function withNeeds(definition: FunctionDefinition): FunctionDefinition[] {
  return [...definition.needs, definition];
}
