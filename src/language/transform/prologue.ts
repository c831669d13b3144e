import type { ReboundName } from "../cell/imported-name.js";
import * as helpers from "./runtime-helpers.js";

/** The names by which a compiled cell calls what its prologue defines. */
export const helperNames = {
  importMeta: "importMeta__",
  importLocal: "importLocal__",
  importModule: "importModule__",
  importNamespace: "importNamespace__",
  importAny: "importAny__",
  bindImport: "bindImport__",
  rebindImport: "rebindImport__",
  checkExports: "checkExports__",
  constant: "constant__",
  copyNumbers: "copyNumbers__",
  copyOthers: "copyOthers__",
  forgetCopies: "forgetCopies__",
  defaultOf: "defaultOf__",
  namespaceOf: "namespaceOf__",
} as const;

/** The object in which a cell notes the variables that it has declared. */
export const reachedName = "reached__";

export type Helper = keyof typeof helperNames;

const namespace = [helpers.namespaceOf__, helpers.isNamespace__];
const local = [helpers.importLocal__, ...namespace];
const rebinding = [helpers.bindImport__, helpers.checkExports__, helpers.defaultOf__];

/** The functions behind each name. */
const functions: Record<Helper, readonly { name: string }[]> = {
  importMeta: [helpers.createImportMeta__],
  importLocal: [...local],
  importModule: [helpers.importModule__],
  importNamespace: [helpers.importNamespace__],
  importAny: [helpers.importAny__, helpers.interop__, ...local],
  bindImport: [helpers.bindImport__],
  rebindImport: [helpers.rebindImport__, ...rebinding, ...namespace],
  checkExports: [helpers.checkExports__, helpers.isNamespace__],
  constant: [helpers.createConstant__],
  copyNumbers: [helpers.copyNumbers__, helpers.copyOthers__],
  copyOthers: [helpers.copyOthers__],
  forgetCopies: [helpers.forgetCopies__],
  defaultOf: [helpers.defaultOf__, helpers.isNamespace__],
  namespaceOf: [...namespace],
};

/** Names that stand for what a function makes once. */
const made: Partial<Record<Helper, { name: string }>> = {
  importMeta: helpers.createImportMeta__,
  constant: helpers.createConstant__,
};

/** The helper that a name in a compiled cell means. */
export function helperCalled(name: string): Helper | undefined {
  const helper = name.replace(/__$/, "");
  return isHelper(helper) && helper !== name ? helper : undefined;
}

function isHelper(name: string): name is Helper {
  return Object.hasOwn(helperNames, name);
}

/** Lines that come before a compiled cell's own. A cell that calls no helper carries none. */
export function prologue(
  called: ReadonlySet<Helper>,
  { strict, rebound = [] }: { strict: boolean; rebound?: readonly ReboundName[] },
): string {
  const needed = new Set([...called, ...(rebound.length > 0 ? (["rebindImport"] as const) : [])]);
  const texts = new Set([...needed].flatMap((helper) => functions[helper]).map(String));
  const values = [...needed].flatMap((helper) => {
    const maker = made[helper];
    return maker ? [`const ${helperNames[helper]} = ${maker.name}();`] : [];
  });
  return [strict ? '"use strict";' : "", ...texts, ...values, ...rebound.map(rebind)].join("\n").concat("\n");
}

/** Binds a name that an earlier cell imported to the module as it is loaded now. */
function rebind({ name, imported, from, path }: ReboundName): string {
  const parameters = [name, imported, from, path].map((text) => JSON.stringify(text));
  return `${helperNames.rebindImport}(${parameters.join(", ")});`;
}
