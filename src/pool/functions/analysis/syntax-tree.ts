import type { Node } from "acorn";

/** A node whose parts are looked through without regard to its type. */
export interface Tree extends Node {
  readonly [key: string]: unknown;
}

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

export function* childrenOf(node: Tree): Generator<[key: string, child: Tree]> {
  for (const [key, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isTree(child)) {
        yield [key, child];
      }
    }
  }
}
