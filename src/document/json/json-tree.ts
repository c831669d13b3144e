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
const deepest = 500;

/** The places of all values in `text`, which JSON.parse accepts. Throws JsonTreeError. */
export function parseJsonTree(text: string): JsonNode {
  const open: (JsonNode & { type: "object" | "array" })[] = [];
  let keys: Set<string>[] = [];
  let pending: { key: string; start: number } | undefined;
  let root: JsonNode | undefined;
  const place = (node: JsonNode): void => {
    const parent = open.at(-1);
    if (!parent) {
      root = node;
    } else if (parent.type === "array") {
      parent.items.push(node);
    } else if (pending) {
      parent.members.push({ ...pending, value: node });
    }
    pending = undefined;
  };
  const token = /[{}[\]"]|[^\s{}[\]":,\uFEFF]+/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const start = match.index;
    const [first] = match[0];
    if (first === "}" || first === "]") {
      const node = open.pop();
      if (node) {
        node.end = start + 1;
      }
      if (first === "}") {
        keys = keys.slice(0, -1);
      }
    } else if (first === "{" || first === "[") {
      const node: JsonNode =
        first === "{"
          ? { type: "object", start, end: start, members: [] }
          : { type: "array", start, end: start, items: [] };
      place(node);
      if (first === "{") {
        keys.push(new Set());
      }
      if (open.push(node) > deepest) {
        throw new JsonTreeError(`nested more than ${deepest} levels deep`);
      }
    } else if (first === '"') {
      token.lastIndex = stringEnd(text, start);
      if (open.at(-1)?.type === "object" && !pending) {
        const key = JSON.parse(text.slice(start, token.lastIndex));
        if (keys.at(-1)?.has(key)) {
          throw new JsonTreeError(`the key "${key}" stands twice in one object, ${lineOf(text, start)}`);
        }
        keys.at(-1)?.add(key);
        pending = { key, start };
      } else {
        place({ type: "scalar", start, end: token.lastIndex });
      }
    } else {
      place({ type: "scalar", start, end: token.lastIndex });
    }
  }
  return root as JsonNode;
}

/** The member of an object with this key. */
export function memberOf(node: JsonNode | undefined, key: string): JsonMember | undefined {
  return node?.type === "object" ? node.members.find((member) => member.key === key) : undefined;
}

export function itemsOf(node: JsonNode | undefined): JsonNode[] {
  return node?.type === "array" ? node.items : [];
}

function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") {
      backslashes++;
    }
    if (backslashes % 2 === 0) {
      return end + 1;
    }
  }
}

function lineOf(text: string, position: number): string {
  return `line ${text.slice(0, position).split("\n").length}`;
}
