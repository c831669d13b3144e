import type { Runtime } from "node:inspector";
import { inspect } from "node:util";

export interface MemberText {
  type: string;
  value: string;
  hasMembers: boolean;
}

const mostCharacters = 200;
/** They have something inside that is no member. */
const closed = ["proxy", "promise", "generator", "iterator", "weakmap", "weakset"];

/** One line about a value as V8's inspector describes it, which runs nothing of the user's. */
export function memberText({ value, get }: Runtime.PropertyDescriptor): MemberText {
  if (!value) {
    return { type: get ? "getter" : "setter", value: get ? "[Getter]" : "[Setter]", hasMembers: false };
  }
  const { preview, subtype = "" } = value;
  const isMade = value.type === "object" && subtype !== "null" && !closed.includes(subtype);
  const hasMembers = isMade && (preview?.properties.length || preview?.entries?.length || 0) > 0;
  return { type: typeText(value), value: shortened(valueText(value)), hasMembers };
}

function typeText({ type, subtype, className, description = "" }: Runtime.RemoteObject): string {
  if (type === "function") {
    return description.startsWith("class") ? "class" : "function";
  }
  return subtype === "null" ? "null" : type === "object" ? (className ?? type) : type;
}

function valueText({ type, value, description = String(value), preview }: Runtime.RemoteObject): string {
  if (type === "string") {
    return inspect(value, { breakLength: Number.POSITIVE_INFINITY });
  }
  if (type === "function") {
    return firstLine(description).replace(/\s*\{$/, "");
  }
  return preview && type === "object" ? previewText(preview) : description;
}

function previewText(preview: Runtime.ObjectPreview): string {
  const { subtype, description = "", properties, entries = [], overflow } = preview;
  const more = overflow ? ["…"] : [];
  switch (subtype) {
    case "array":
      return `[${[...properties.map(propertyValue), ...more].join(", ")}]`;
    case "typedarray":
      return `${description} [${[...properties.map(propertyValue), ...more].join(", ")}]`;
    case "map":
    case "set":
      return `${description} {${[...entries.map(entryText), ...more].join(", ")}}`;
    case "promise": {
      const state = properties.find(({ name }) => name === "[[PromiseState]]")?.value;
      return state === undefined ? description : `${description} {${state}}`;
    }
    case undefined:
      return `${description === "Object" ? "" : `${description} `}{${[...properties.map(propertyText), ...more].join(", ")}}`;
    default:
      return firstLine(description);
  }
}

function entryText({ key, value }: Runtime.EntryPreview): string {
  const text = (preview: Runtime.ObjectPreview) =>
    preview.type === "string" ? inspect(preview.description) : (preview.description ?? "");
  return key ? `${text(key)} => ${text(value)}` : text(value);
}

function propertyText(property: Runtime.PropertyPreview): string {
  return `${property.name}: ${propertyValue(property)}`;
}

function propertyValue({ type, value = "" }: Runtime.PropertyPreview): string {
  switch (type) {
    case "string":
      return inspect(value);
    case "function":
      return "[Function]";
    case "accessor":
      return "[Getter]";
    default:
      return value;
  }
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function shortened(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
