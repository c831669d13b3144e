/** Options of the type checker, and those of decorators, that a notebook may set for itself, as `tsconfig.json` names them. */
export const settingNames = [
  "emitDecoratorMetadata",
  "exactOptionalPropertyTypes",
  "experimentalDecorators",
  "noImplicitAny",
  "noImplicitThis",
  "noUncheckedIndexedAccess",
  "strict",
  "strictBindCallApply",
  "strictBuiltinIteratorReturn",
  "strictFunctionTypes",
  "strictNullChecks",
  "strictPropertyInitialization",
  "useUnknownInCatchVariables",
] as const;

export type CellSettings = Partial<Record<(typeof settingNames)[number], boolean>>;

const comments = /^(?:\s|#!.*|\/\/.*|\/\*[\s\S]*?\*\/)*/;
const setting = new RegExp(`@(${settingNames.join("|")})\\b(?:[ \\t]*:?[ \\t]*(true|false)\\b)?`, "g");

/** The settings among what a notebook's metadata say. */
export function settingsAmong(options: Readonly<Record<string, unknown>>): CellSettings {
  const given = settingNames.filter((name) => typeof options[name] === "boolean");
  return Object.fromEntries(given.map((name) => [name, options[name]]));
}

/** The comments before the first statement of a text. */
export function topComments(text: string): string {
  return /@|<reference/.test(text) ? (comments.exec(text)?.[0] ?? "") : "";
}

/** Settings by the comments at the top of a text, such as `// @strict: true`; without a value they are true. */
export function cellSettings(text: string): CellSettings {
  const found = topComments(text).matchAll(setting);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value !== "false"]));
}

/** The settings of a cell after the declarations of earlier ones, which have left theirs in the heading. */
export function settingsAfter(declarations: string, cell: string): CellSettings {
  const [heading = ""] = /^(?:\/\/.*\n)*/.exec(declarations) ?? [];
  return { ...cellSettings(heading), ...cellSettings(cell) };
}
