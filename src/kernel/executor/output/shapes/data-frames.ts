import { inspect } from "node:util";
import { shownText } from "../../failures/shown-text.js";
import { isPlainObject, methodOf, property, type Shape } from "./shape.js";
import { type Table, tableBundle } from "./table.js";

/** Rows that are looked at to tell whether a list is one of records. */
const sample = 100;

/** A list of plain objects that have their names in common: most of the table's cells are filled. */
export const records: Shape = (value) => {
  if (!Array.isArray(value) || value.length === 0) {
    return undefined;
  }
  const looked = value.slice(0, sample);
  if (!looked.every(isPlainObject)) {
    return undefined;
  }
  const columns = [...new Set(looked.flatMap((record) => Object.keys(record)))];
  const filled = looked.reduce((sum, record) => sum + Object.keys(record).length, 0);
  if (columns.length === 0 || 2 * filled < columns.length * looked.length) {
    return undefined;
  }
  const cell = (row: number, column: number) => memberOf(value[row], columns[column] ?? "");
  return tableBundle({ columns, rowCount: value.length, cell }, shownText(value));
};

/** A data frame of arquero or danfo, by the names of what each of them has; those of nodejs-polars show themselves. */
export const dataFrame: Shape = (value) => {
  if (isPlainObject(value)) {
    return undefined;
  }
  const table = arqueroTable(value) ?? ("columns" in value ? danfoTable(value) : undefined);
  const hasOwnText = typeof property(value, inspect.custom) === "function";
  return table && tableBundle(table, hasOwnText ? shownText(value) : undefined);
};

function arqueroTable(value: object): Table | undefined {
  const columnNames = methodOf(value, "columnNames");
  const [numRows, get] = [methodOf(value, "numRows"), methodOf(value, "get")];
  const columns = columnNames && numRows && get ? columnNames() : undefined;
  if (!numRows || !get || !isNames(columns)) {
    return undefined;
  }
  return { columns, rowCount: Number(numRows()), cell: (row, column) => get(columns[column], row) };
}

function danfoTable(value: object): Table | undefined {
  const [columns, values, index] = ["columns", "values", "index"].map((name) => property(value, name));
  if (
    !isNames(columns) ||
    !Array.isArray(values) ||
    !Array.isArray(index) ||
    values.length !== index.length
  ) {
    return undefined;
  }
  return {
    columns,
    rowCount: values.length,
    rowName: (row) => index[row],
    cell: (row, column) => (Array.isArray(values[row]) ? values[row][column] : undefined),
  };
}

function memberOf(record: unknown, name: string): unknown {
  return isPlainObject(record) && Object.hasOwn(record, name) ? record[name] : undefined;
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
