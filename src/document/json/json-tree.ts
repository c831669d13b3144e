import { stringEnd } from "./json-facts.js";

/** A JSON value and where it stands in its text. */
export type JsonNode =
  | { type: "object"; start: number; end: number; members: JsonMember[] }
  | { type: "array"; start: number; end: number; items: JsonNode[] }
  | { type: "scalar"; start: number; end: number };

export interface JsonMember {
  key: string;
  start: number;
  value: JsonNode;
}

/** Thrown when a JSON text has an object with a key twice, or nests too deep. */
export class JsonTreeError extends Error {
  override name = "JsonTreeError";
}

// Outputs nest a few levels; what nests deeper than this is damaged, and would overflow the stack of whoever walks it.
export const deepestJson = 500;

/** The places of all values in `text`, which JSON.parse accepts. Throws JsonTreeError. */
export function parseJsonTree(text: string): JsonNode {
  return new TreeParser(text).parse();
}

class TreeParser {
  readonly #text: string;
  /** The objects and arrays around the present place, with the keys that an object has had. */
  readonly #open: { node: JsonNode & { type: "object" | "array" }; keys: Set<string> }[] = [];
  #pending: { key: string; start: number } | undefined;
  #root: JsonNode = { type: "scalar", start: 0, end: 0 };

  constructor(text: string) {
    this.#text = text;
  }

  parse(): JsonNode {
    const token = /[{}[\]"]|[^\s{}[\]":,\uFEFF]+/g;
    for (let match = token.exec(this.#text); match; match = token.exec(this.#text)) {
      const start = match.index;
      switch (match[0][0]) {
        case "{":
          this.#enter({ type: "object", start, end: start, members: [] });
          break;
        case "[":
          this.#enter({ type: "array", start, end: start, items: [] });
          break;
        case "}":
        case "]":
          this.#leave(start + 1);
          break;
        case '"':
          token.lastIndex = stringEnd(this.#text, start);
          this.#readString(start, token.lastIndex);
          break;
        default:
          this.#place({ type: "scalar", start, end: token.lastIndex });
      }
    }
    return this.#root;
  }

  #enter(node: JsonNode & { type: "object" | "array" }): void {
    this.#place(node);
    if (this.#open.push({ node, keys: new Set() }) > deepestJson) {
      throw new JsonTreeError(`nested more than ${deepestJson} levels deep`);
    }
  }

  #leave(end: number): void {
    const closed = this.#open.pop();
    if (closed) {
      closed.node.end = end;
    }
  }

  /** A string is a key where an object waits for one, else a value. */
  #readString(start: number, end: number): void {
    const around = this.#open.at(-1);
    if (around?.node.type !== "object" || this.#pending) {
      this.#place({ type: "scalar", start, end });
      return;
    }
    const key: string = JSON.parse(this.#text.slice(start, end));
    if (around.keys.has(key)) {
      throw new JsonTreeError(`the key "${key}" stands twice in one object, ${lineOf(this.#text, start)}`);
    }
    around.keys.add(key);
    this.#pending = { key, start };
  }

  #place(node: JsonNode): void {
    const parent = this.#open.at(-1)?.node;
    if (!parent) {
      this.#root = node;
    } else if (parent.type === "array") {
      parent.items.push(node);
    } else if (this.#pending) {
      parent.members.push({ ...this.#pending, value: node });
    }
    this.#pending = undefined;
  }
}

/** The member of an object with this key. */
export function memberOf(node: JsonNode | undefined, key: string): JsonMember | undefined {
  return node?.type === "object" ? node.members.find((member) => member.key === key) : undefined;
}

export function itemsOf(node: JsonNode | undefined): JsonNode[] {
  return node?.type === "array" ? node.items : [];
}

function lineOf(text: string, position: number): string {
  return `line ${text.slice(0, position).split("\n").length}`;
}
