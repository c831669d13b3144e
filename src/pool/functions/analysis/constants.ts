import type { AnyFunction } from "../../function-types.js";
import { placeOf, positionOf, type Script } from "../inspection/scripts.js";
import { parseProgram } from "./parse.js";
import { scopesIn } from "./scopes.js";
import { isTree } from "./syntax-tree.js";

/** Length from which on a script is not parsed for this: that would take longer than many looks at its variables. */
const longest = 2 ** 18;

/** An export of this package stays what it is; one of another module can change. */
type Declaration = "constant" | "variable" | "own import";

/** Tells how a script declares what a name means where a function is written; undefined if it does not. */
export function declarationOf(fn: AnyFunction, name: string): Declaration | undefined {
  const place = placeOf(fn);
  const position = place && positionOf(place);
  if (!place || position === undefined || !isWrittenAround(position, fn, place.script)) {
    return "variable";
  }
  const scope = rangesIn(place.script).find(
    ({ start, end, declared }) => start <= position && position < end && declared.has(name),
  );
  return scope?.declared.get(name);
}

/** Loaders may have put something before the text, so that places in it are others. */
function isWrittenAround(position: number, fn: AnyFunction, { text }: Script): boolean {
  const own = Function.prototype.toString.call(fn);
  const start = text.length > longest ? -1 : text.lastIndexOf(own, position);
  return start >= 0 && position < start + own.length;
}

/** A scope, with the names that it declares. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly declared: ReadonlyMap<string, Declaration>;
}

const known = new Map<string, readonly Range[]>();

/** Of a script, the innermost first. */
function rangesIn({ id, text }: Script): readonly Range[] {
  const found = known.get(id) ?? rangesOf(text);
  known.set(id, found);
  return found;
}

function rangesOf(text: string): readonly Range[] {
  const parsed = parseProgram(text);
  const scopes = typeof parsed === "string" ? [] : scopesIn(parsed.tree, !parsed.isSloppy).scopes;
  // In sloppy mode, evaluated text can declare more.
  const isKnown = !/\b(?:eval|with)\s*\(/.test(text);
  const ranges = scopes.flatMap(({ block, variables }) => {
    const node: unknown = block;
    const declared = new Map(
      variables
        .filter(({ defs }) => defs.length > 0)
        .map(({ name, defs }): [string, Declaration] => [name, isKnown ? declarationBy(defs) : "variable"]),
    );
    return isTree(node) ? [{ start: node.start, end: node.end, declared }] : [];
  });
  return ranges.sort((one, other) => one.end - one.start - (other.end - other.start));
}

interface Definition {
  readonly type: string;
  readonly node: unknown;
  readonly parent?: unknown;
}

function declarationBy(definitions: readonly Definition[]): Declaration {
  if (definitions.every(isConstant)) {
    return "constant";
  }
  return definitions.every(isOwnImport) ? "own import" : "variable";
}

function isConstant({ type, node, parent }: Definition): boolean {
  const isNamespace = isTree(node) && node.type === "ImportNamespaceSpecifier";
  return isNamespace || (type === "Variable" && isTree(parent) && parent.kind === "const");
}

function isOwnImport({ type, parent }: Definition): boolean {
  const source = isTree(parent) ? parent.source : undefined;
  return type === "ImportBinding" && isTree(source) && source.value === "poolbook";
}
