/*
 * A function on its way to a worker, taken apart: a table of parts that name each other by their places in it.
 * The function itself is the first part; cycles are allowed.
 */

export type Part =
  | FunctionPart
  | { readonly kind: "value"; readonly value: unknown }
  | ModulePart
  /** A property of the global object, by its path; the empty path is the global object itself. */
  | { readonly kind: "global"; readonly path: readonly string[] }
  | { readonly kind: "symbol"; readonly key: string }
  /** The `require` function of a CommonJS module or a notebook. */
  | { readonly kind: "require" }
  | ObjectPart;

export interface FunctionPart {
  readonly kind: "function";
  readonly name: string;
  /** Its source, made an expression. */
  readonly expression: string;
  readonly isClass: boolean;
  readonly isStrict: boolean;
  /** The variables it uses from outside, with the places of their values. */
  readonly captures: Captures;
  /** Its own properties, such as the static ones of a class. */
  readonly properties: Captures;
}

export interface ModulePart {
  readonly kind: "module";
  /** Name of a built-in module, or the path of a file. */
  readonly module: string;
  /** The export that is meant; without it, the module itself. */
  readonly member?: string;
  /** The form in which a compiler wrapped the module for an import of its default export or of its namespace. */
  readonly wrapping?: "default" | "namespace";
}

/** The kind of object that gets the class and the properties. */
export type Shape = "object" | "array" | "map" | "set" | "error";

/** An object that holds functions, or an instance of a class. */
export interface ObjectPart {
  readonly kind: "object";
  readonly shape: Shape;
  /** Place of its class; without it, the object is a plain one of its shape. */
  readonly class: number | undefined;
  readonly properties: Captures;
  /** Keys and values of a map; of a set, each value twice. */
  readonly entries: readonly (readonly [key: number, value: number])[];
}

export type Captures = readonly (readonly [name: string, place: number])[];
