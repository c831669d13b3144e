import { type JsonStyle, marginAt, styleOf, writeJson } from "./json-style.js";
import type { JsonMember, JsonNode } from "./json-tree.js";

type ObjectNode = JsonNode & { type: "object" };

const removed = Symbol("removed");

/** Changes to some members of a JSON text; every other byte stays as it is. */
export class JsonEditor {
  #text: string;
  #tree: JsonNode;
  #style: JsonStyle;
  #changes = new Map<ObjectNode, Map<string, unknown>>();

  constructor(text: string, tree: JsonNode) {
    this.#text = text;
    this.#tree = tree;
    this.#style = styleOf(text, tree);
  }

  /** Sets a member of `object`; one that is not there comes last. */
  set(object: JsonNode, key: string, value: unknown): void {
    if (object.type !== "object") {
      throw new TypeError(`Expected an object to set \`${key}\` in`);
    }
    const changes = this.#changes.get(object) ?? new Map();
    this.#changes.set(object, changes.set(key, value));
  }

  remove(object: JsonNode, key: string): void {
    this.set(object, key, removed);
  }

  /** The text with all changes. */
  get text(): string {
    const { start, end } = this.#tree;
    return this.#text.slice(0, start) + this.#write(this.#tree) + this.#text.slice(end);
  }

  #write(node: JsonNode): string {
    const touches = [...this.#changes.keys()].some(({ start }) => start >= node.start && start < node.end);
    if (!touches || node.type === "scalar") {
      return this.#text.slice(node.start, node.end);
    }
    if (node.type === "array") {
      return this.#splice(node, node.items, (item) => this.#write(item));
    }
    const changes = this.#changes.get(node);
    const keys = new Set(node.members.map(({ key }) => key));
    const keepsKeys = [...(changes ?? [])].every(([key, value]) => keys.has(key) && value !== removed);
    return keepsKeys
      ? this.#splice(node, node.members, (member) => this.#writeMember(node, member))
      : this.#rebuild(node);
  }

  /** The node with its parts written anew, and what stands between them as it was. */
  #splice<Part extends JsonNode | JsonMember>(
    node: JsonNode,
    parts: Part[],
    write: (part: Part) => string,
  ): string {
    let text = "";
    let position = node.start;
    for (const part of parts) {
      text += this.#text.slice(position, part.start) + write(part);
      position = "value" in part ? part.value.end : part.end;
    }
    return text + this.#text.slice(position, node.end);
  }

  #writeMember(object: ObjectNode, { key, start, value }: JsonMember): string {
    const changes = this.#changes.get(object);
    const isChanged = changes?.has(key);
    const written = isChanged
      ? writeJson(changes?.get(key), this.#style, marginAt(this.#text, start))
      : this.#write(value);
    return this.#text.slice(start, value.start) + written;
  }

  /** The object with members added or removed: those that stay keep their text, and what separates them is written anew. */
  #rebuild(object: ObjectNode): string {
    const changes = this.#changes.get(object) ?? new Map<string, unknown>();
    const known = new Set(object.members.map(({ key }) => key));
    const first = object.members[0];
    const { indent, newline, colon, comma } = this.#style;
    const closing = marginAt(this.#text, object.start);
    const isLined =
      indent !== undefined && (!first || this.#text.slice(object.start, first.start).includes("\n"));
    const margin = first && isLined ? marginAt(this.#text, first.start) : closing + (indent ?? "");
    const kept = object.members.filter(({ key }) => changes.get(key) !== removed);
    const added = [...changes].filter(([key, value]) => !known.has(key) && value !== removed);
    const entries = [
      ...kept.map((member) => this.#writeMember(object, member)),
      ...added.map(([key, value]) => JSON.stringify(key) + colon + writeJson(value, this.#style, margin)),
    ];
    if (entries.length === 0) {
      return "{}";
    }
    if (!isLined) {
      return `{${entries.join(comma)}}`;
    }
    return `{${entries.map((entry) => newline + margin + entry).join(",")}${newline}${closing}}`;
  }
}
