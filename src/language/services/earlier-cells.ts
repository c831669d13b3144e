import type ts from "typescript";

/** True of the file of declarations that stands for the cells before. */
export function isOfEarlierCells({ fileName }: ts.SourceFile): boolean {
  return fileName.endsWith("/__previous__.d.ts");
}
