import type { JsonObject } from "../../jupyter/json-object.js";

/** A kind of widget, as the front end's modules know it, and its traits as they travel. */
export interface WidgetKind {
  /** The name that a text about such a widget begins with. */
  readonly name: string;
  /** The traits that a text about it tells. Default: all. */
  readonly told?: readonly string[];
  /** The part of the state that says which model and which view the front end makes. */
  readonly front: JsonObject;
  /** Values of traits as the front end's state has them; `all` are the values of all traits. */
  toFront(changes: JsonObject, all: JsonObject): JsonObject;
  /** The traits that a change of the front end's state is about. */
  fromFront(state: JsonObject, all: JsonObject): JsonObject;
  /** Throws a TypeError or RangeError when the traits cannot be so. */
  check?(all: JsonObject): void;
}
