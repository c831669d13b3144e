import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { declarationFolder } from "./running-node.js";

/** A file with declarations of Node. */
interface Unit {
  text: string;
  /** The modules that it declares. */
  declares: string[];
  mentions: string[];
  isGlobal: boolean;
}

/** Below this length nothing is gained. */
const worthwhile = 20_000;

/**
 * The large modules of Node that nothing but `process.getBuiltinModule` mentions (http2, inspector, ...)
 * make up a third of what the compiler reads at its start. They are declared empty until something imports them.
 */
export class NodeTypes {
  readonly #folders = new Map<string, Map<string, Unit>>();
  readonly #shortened = new Map<string, Unit>();

  /** The text of a file, as far as it is needed. */
  read(path: string, readFile: (path: string) => string | undefined): string | undefined {
    const folder = declarationFolder(path);
    if (!folder) {
      return readFile(path);
    }
    const units = this.#folders.get(folder) ?? this.#readFolder(folder);
    const short = this.#shortened.get(path);
    return short
      ? short.declares.map((name) => `declare module "${name}" {}\n`).join("")
      : (units.get(path)?.text ?? readFile(path));
  }

  /** Declares modules in full, all of them or one and what it mentions; gives the paths of files that change. */
  complete(module?: string): string[] {
    const changed: string[] = [];
    for (const units of this.#folders.values()) {
      const starts = module === undefined ? [...this.#shortened.keys()] : declaring(units, module);
      for (const path of reachable(units, starts)) {
        if (this.#shortened.delete(path)) {
          changed.push(path);
        }
      }
    }
    return changed;
  }

  #readFolder(folder: string): Map<string, Unit> {
    const units = new Map<string, Unit>();
    this.#folders.set(folder, units);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (name.endsWith(".d.ts") && !name.startsWith("node_modules")) {
        const path = join(folder, name).replaceAll("\\", "/");
        units.set(path, describe(readFileSync(path, "utf8")));
      }
    }
    const roots = [...units].filter(([, { isGlobal }]) => isGlobal).map(([path]) => path);
    const needed = reachable(units, roots);
    for (const [path, unit] of units) {
      if (!needed.has(path) && unit.text.length >= worthwhile) {
        this.#shortened.set(path, unit);
      }
    }
    return units;
  }
}

function describe(text: string): Unit {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/interface BuiltInModule \{[\s\S]*?\n\s*\}/, "");
  const names = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, name = ""]) => name);
  const declares = names(/declare module ["']([^"']+)["']/g);
  return {
    text,
    declares,
    mentions: names(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*["']([^"']+)["']/g),
    isGlobal: declares.length === 0 || /\bglobal\s*\{/.test(code),
  };
}

function declaring(units: Map<string, Unit>, module: string): string[] {
  const bare = module.replace(/^node:/, "");
  return [...units]
    .filter(([, { declares }]) => declares.includes(bare) || declares.includes(`node:${bare}`))
    .map(([path]) => path);
}

function reachable(units: Map<string, Unit>, starts: Iterable<string>): Set<string> {
  const found = new Set(starts);
  for (const path of found) {
    for (const name of units.get(path)?.mentions ?? []) {
      const paths = name.startsWith(".") ? [relativePath(path, name)] : declaring(units, name);
      for (const next of paths) {
        found.add(next);
      }
    }
  }
  return found;
}

function relativePath(from: string, name: string): string {
  const path = join(from, "..", name).replaceAll("\\", "/");
  return path.endsWith(".d.ts") ? path : `${path.replace(/\.js$/, "")}.d.ts`;
}
