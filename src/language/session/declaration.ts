/**
 * A name can mean a value, a type, or, as a class, both. What changes other names' meaning (an import for its effects,
 * a comment at the top) goes by its own text.
 */
export const meaning = { value: 1, type: 2, both: 3, effect: 4 } as const;

/** One name's declaration, as text that stands on its own. */
export interface Declaration {
  name: string;
  /** The sum of what `meaning` lists. */
  meaning: number;
  text: string;
}
