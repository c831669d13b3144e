import type { FileParts, ModuleScope, Outline, Unit } from "./outline.js";

/** First comes what finds units, then each unit by itself: a line with what it says, and its text. */
interface Head {
  files: FileParts;
  modules: Outline["modules"];
  roots: string[];
  scopes: string[];
  /** For each unit the end of its bytes, the number of its scope, and its names, one on a line. */
  ends: number[];
  scopeOf: number[];
  names: string[];
}

const lineFeed = "\n";

export function packOutline({ units, files, modules, roots }: Outline): Buffer {
  const scopes = [...new Set(units.map(({ scope }) => scope))];
  const bodies: Buffer[] = [];
  const ends: number[] = [];
  let end = 0;
  for (const { text, scope, names, ...said } of units) {
    const body = Buffer.from(`${JSON.stringify(said)}${lineFeed}${text}`);
    bodies.push(body);
    end += body.length;
    ends.push(end);
  }
  const head: Head = {
    files,
    modules,
    roots,
    scopes,
    ends,
    scopeOf: units.map(({ scope }) => scopes.indexOf(scope)),
    names: units.map(({ names }) => names.join(lineFeed)),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}${lineFeed}`), ...bodies]);
}

/** An outline of which units are read when something asks for them. */
export class PackedOutline {
  readonly files: FileParts;
  readonly modules: ReadonlyMap<string, ModuleScope>;
  readonly roots: readonly string[];
  readonly #head: Head;
  readonly #bodies: Buffer;
  readonly #units = new Map<number, Unit>();
  readonly #numbers = new Map<string, number[]>();
  readonly #declaring = new Map<string, ReadonlyMap<string, number[]>>();

  constructor(packed: Buffer) {
    const end = packed.indexOf(lineFeed);
    this.#head = JSON.parse(packed.toString("utf8", 0, end));
    this.#bodies = packed.subarray(end + 1);
    this.files = this.#head.files;
    this.modules = new Map(Object.entries(this.#head.modules));
    this.roots = this.#head.roots;
    const numbers = this.#head.scopes.map((scope) => {
      const ofScope: number[] = [];
      this.#numbers.set(scope, ofScope);
      return ofScope;
    });
    this.#head.scopeOf.forEach((scope, number) => {
      numbers[scope]?.push(number);
    });
  }

  /** Throws a RangeError for the number of no unit. */
  unit(number: number): Unit {
    const known = this.#units.get(number);
    if (known) {
      return known;
    }
    const { ends, scopeOf, scopes, names } = this.#head;
    const end = ends[number];
    if (end === undefined) {
      throw new RangeError(`Expected a unit of the outline, got \`${number}\``);
    }
    const body = this.#bodies.toString("utf8", ends[number - 1] ?? 0, end);
    const line = body.indexOf(lineFeed);
    const unit: Unit = {
      ...JSON.parse(body.slice(0, line)),
      scope: scopes[scopeOf[number] ?? 0],
      names: namesIn(names[number]),
      text: body.slice(line + 1),
    };
    this.#units.set(number, unit);
    return unit;
  }

  /** The units that declare names in a scope, by those. */
  declaring(scope: string): ReadonlyMap<string, number[]> {
    const known = this.#declaring.get(scope);
    if (known) {
      return known;
    }
    const found = new Map<string, number[]>();
    for (const number of this.#numbers.get(scope) ?? []) {
      for (const name of namesIn(this.#head.names[number])) {
        const units = found.get(name);
        if (units) {
          units.push(number);
        } else {
          found.set(name, [number]);
        }
      }
    }
    this.#declaring.set(scope, found);
    return found;
  }
}

function namesIn(text: string | undefined): string[] {
  return text ? text.split(lineFeed) : [];
}
