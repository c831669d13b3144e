import type { Analysis } from "./analysis/analysis.js";
import type { Path } from "./path.js";

/** Stands for `import.meta` in compiled cells. */
const cellsImportMeta = "importMeta__";

/** Throws a FunctionTransferError if a function uses what is around it in ways that no variable can stand for. */
export function checkSelfContained({ names, source }: Analysis, path: Path): void {
  if (names.usesOuterThis || (path.isRoot && names.usesOwnThis && !source.isClass)) {
    throw path.to("this").refusal("which has no value in a worker; pass the object as an argument");
  }
  if (names.uses.some(({ name }) => name === "arguments")) {
    throw path.to("arguments").refusal("which belong to the function around it; name what it needs");
  }
  if (names.usesSuper) {
    throw path.to("super").refusal("which stays with its class");
  }
  if (names.usesImportMeta || names.uses.some(({ name }) => name === cellsImportMeta)) {
    throw path
      .to("import.meta")
      .refusal(
        "which stays with its module; put what you need of it into a variable outside of the function",
      );
  }
  if (path.isRoot && source.isClass) {
    throw path.refusal("a class: call it with `new` inside a function");
  }
}
