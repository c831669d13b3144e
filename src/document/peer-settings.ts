import { isCodeCell, type Notebook } from "./notebook.js";
import { isRecord, recordOf } from "./record.js";

/** Metadata of other test tools that do nothing here, each with the place where it stands, in words. */
export function ignoredPeerSettings({ cells, metadata }: Notebook): string[] {
  const nbreg = Object.keys(recordOf(metadata.nbreg)).map((key) => `metadata.nbreg.${key}`);
  const cellKeys = cells.filter(isCodeCell).flatMap((cell, index) => {
    const known = ["mock", "post_cell_execute"];
    const strange = Object.keys(recordOf(cell.metadata.nbmake)).filter((key) => !known.includes(key));
    return [
      ...strange.map((key) => `nbmake.${key} of code cell ${index + 1}`),
      ...Object.keys(recordOf(cell.metadata.nbreg)).map((key) => `nbreg.${key} of code cell ${index + 1}`),
    ];
  });
  return [...nbreg, ...cellKeys];
}

/** Code that nbmake runs behind a cell: variables that are given other values for a test, and lines that are run. */
export function codeBehind(metadata: Record<string, unknown>): string {
  const { mock, post_cell_execute } = recordOf(metadata.nbmake);
  const values = isRecord(mock) ? Object.entries(mock) : [];
  const lines: unknown[] = Array.isArray(post_cell_execute)
    ? post_cell_execute
    : [post_cell_execute ?? []].flat();
  return [...values.map(([name, value]) => `${name} = ${pythonLiteral(value)}`), ...lines.map(String)].join(
    "\n",
  );
}

/** As JSON text is Python but for three words. */
function pythonLiteral(value: unknown): string {
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  if (value === null) {
    return "None";
  }
  if (Array.isArray(value)) {
    return `[${value.map(pythonLiteral).join(", ")}]`;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(
      ([key, each]) => `${JSON.stringify(key)}: ${pythonLiteral(each)}`,
    );
    return `{${entries.join(", ")}}`;
  }
  return JSON.stringify(value);
}
