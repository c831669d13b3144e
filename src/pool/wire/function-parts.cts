/*
 * A function on its way to a worker, taken apart: a table of parts that name each other by their places in it.
 * The function itself is the first part; cycles are allowed.
 */

export type Part =
  | FunctionPart
  | ValuePart
  /** The value of a captured variable that comes with each call, by its place among them. */
  | { readonly kind: "given"; readonly index: number }
  /** A shared value, by the ID of its definition. */
  | { readonly kind: "shared"; readonly id: number }
  | ModulePart
  /** A property of the global object, by its path, which may begin with an intrinsic; the empty path is the global object itself. */
  | { readonly kind: "global"; readonly path: readonly string[] }
  | { readonly kind: "symbol"; readonly key: string }
  /** The `require` function of a CommonJS module, by its path, or of a notebook. */
  | { readonly kind: "require"; readonly module: string | undefined }
  /** The object that a function gives to what it constructs. */
  | { readonly kind: "prototype"; readonly of: number }
  | MethodPart
  | ObjectPart;

/** A value that structured clone keeps, apart from what some of the objects in it are. */
export interface ValuePart {
  readonly kind: "value";
  readonly value: unknown;
  /** Places of classes, and of each, which of the objects in the value are its instances. */
  readonly instances?: readonly (readonly [type: number, indices: Uint32Array])[];
  /** The objects in the value that have no prototype. */
  readonly bare?: Uint32Array;
  /** Those that are frozen. */
  readonly frozen?: Uint32Array;
}

export type LiveImport = readonly [name: string, from: ModulePart];

export interface FunctionPart {
  readonly kind: "function";
  readonly name: string;
  /** Its source, made an expression. */
  readonly expression: string;
  readonly isClass: boolean;
  readonly isStrict: boolean;
  readonly usesImport: boolean;
  readonly origin: Origin | undefined;
  /** The variables it uses from outside, with the places of their values. */
  readonly captures: Captures;
  /** Imports of variables that change where they are exported, by their local names: each use looks them up. */
  readonly live?: readonly LiveImport[];
  /** Places of what a class uses as soon as it is made. */
  readonly eager: readonly number[];
  /** It does more then than to extend another. */
  readonly runsCode: boolean;
  /** Variables from outside that it sets by itself when it is made. */
  readonly unset: readonly string[];
  /** The members of a function or class, and of its prototype, that its source does not make. */
  readonly members: readonly Member[];
  /** Place of the object that it inherits from, if its source does not say so. */
  readonly parent: number | undefined;
  /** The same for its prototype. */
  readonly prototypeParent: number | undefined;
  /** The functions of `Object` that closed it and its prototype, if any did. */
  readonly integrity?: Readonly<Partial<Record<Member["on"], Integrity>>> | undefined;
  /** That of the package `reflect-metadata`. */
  readonly metadata?: Metadata | undefined;
}

export interface Metadata {
  readonly entries: readonly MetadataEntry[];
  /** Place of the package, if it is known. */
  readonly loader: number | undefined;
}

/** Places of a key and its value, and of the property that they are about, if they are about one. */
export interface MetadataEntry {
  readonly on: Member["on"];
  readonly property: number | undefined;
  readonly key: number;
  readonly value: number;
}

export type Integrity = "freeze" | "seal" | "preventExtensions";

/** The place where a function was written. Line and column count from zero. */
export interface Origin {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** A property as its descriptor has it: the places of its value or of its accessors. */
export interface Property {
  readonly value?: number | undefined;
  readonly get?: number | undefined;
  readonly set?: number | undefined;
}

export interface Flags {
  readonly enumerable: boolean;
  readonly configurable: boolean;
  readonly writable?: boolean | undefined;
}

/** A property of a function, or of what it gives to what it constructs; one without value, `get` and `set` is deleted. */
export interface Member extends Property {
  readonly on: "function" | "prototype";
  /** Place of its name or symbol. */
  readonly key: number;
  readonly flags: Flags;
}

export interface ObjectProperty extends Property {
  /** Its name, or the place of its symbol. */
  readonly key: string | number;
  /** Without them, it is what an assignment makes it. */
  readonly flags?: Flags | undefined;
}

/** A method as the source of its class makes it, before anything takes its place. */
export interface MethodPart {
  readonly kind: "method";
  /** Place of the class. */
  readonly of: number;
  readonly on: "function" | "prototype";
  readonly key: string;
  readonly accessor: "value" | "get" | "set";
}

export interface ModulePart {
  readonly kind: "module";
  /** Name of a built-in module, the path of a file, or what an `import` of the importer names. */
  readonly module: string;
  /** From the module's exports to the value; empty for the module itself. */
  readonly path: readonly string[];
  /** The form in which a compiler wrapped the module for an import of its default export or of its namespace. */
  readonly wrapping?: "default" | "namespace";
  /** The script that imports it; without one, the module is loaded by `require`. */
  readonly importer?: string;
  /** The import attributes. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Loaded before it: what the user imported of the package that the module is an inner file of. */
  readonly after?: readonly ModulePart[];
}

/** The kind of object that gets the class and the properties. */
export type Shape = "object" | "array" | "map" | "set" | "error" | "weakMap" | "weakSet";

/** An object that holds functions or has unusual properties, or an instance of a class. */
export interface ObjectPart {
  readonly kind: "object";
  readonly shape: Shape;
  /** Place of its class; without it, the object is a plain one of its shape. */
  readonly class: number | undefined;
  /** It has no prototype. */
  readonly isBare: boolean;
  /** The place of an object that it inherits from and that is no prototype of a class. */
  readonly parent?: number;
  /** In their order. */
  readonly properties: readonly ObjectProperty[];
  readonly isExtensible: boolean;
  /** Keys and values of a map; of a set, each value twice. */
  readonly entries: readonly (readonly [key: number, value: number])[];
}

export type Captures = readonly (readonly [name: string, place: number])[];

/** Modules of the user's that the main process has compiled: workers load them by these texts. */
export interface OwnModules {
  readonly files: readonly OwnModule[];
  /** The paths behind what is required by files of a folder. */
  readonly resolutions: readonly (readonly [folder: string, request: string, path: string])[];
}

export interface OwnModule {
  readonly path: string;
  /** Changes when the file does. */
  readonly version: string;
  /** The text of a CommonJS module; without it, Node loads the file as it is. */
  readonly code?: string;
}
