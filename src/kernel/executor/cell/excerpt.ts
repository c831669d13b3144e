const red = (text: string) => `\u001b[0;31m${text}\u001b[0m`;

/** A place in a text; all counted from zero. */
export interface Place {
  line: number;
  character: number;
  /** That of the end, in the same line. Default: that of one character. */
  end?: number;
}

/** The line of a text that an error is about, with marks below its place. */
export function excerpt(line: string, { line: index, character, end = character + 1 }: Place): string[] {
  const number = `${index + 1}`;
  const indent = line.slice(0, character).replace(/[^\t]/g, " ");
  const carets = "^".repeat(Math.max(1, end - character));
  return [`${number} ${line}`, `${" ".repeat(number.length)} ${indent}${red(carets)}`];
}

/** The line of a text with that index, as JavaScript counts lines; undefined behind the last. */
export function lineOf(text: string, index: number): string | undefined {
  return text.split(/\r\n|[\n\r\u2028\u2029]/)[index];
}
