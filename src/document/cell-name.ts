/** A cell in a message: its number among all cells, from 1, and its id where it has one. */
export function cellName(number: number, id?: string): string {
  return `cell ${number}${id === undefined ? "" : ` (${id})`}`;
}
