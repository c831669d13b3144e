import { type NamedLine, showName } from "../identities/identity-names.js";

export interface Tolerance {
  rtol: number;
  atol: number;
}

const numberPattern = /(?<![\w.])[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w])/g;

export function isTolerant({ rtol, atol }: Tolerance): boolean {
  return rtol > 0 || atol > 0;
}

/**
 * The lines are equal but for numbers that are close: |fresh - stored| <= atol + rtol * |stored|, as in NumPy. Names of
 * identities are no numbers.
 */
export function areAlike(stored: NamedLine, fresh: NamedLine, tolerance: Tolerance): boolean {
  if (stored.text === fresh.text) {
    return true;
  }
  if (!isTolerant(tolerance) || withoutNumbers(stored.rest) !== withoutNumbers(fresh.rest)) {
    return false;
  }
  if (stored.names.map(showName).join() !== fresh.names.map(showName).join()) {
    return false;
  }
  const expected = stored.rest.match(numberPattern) ?? [];
  const actual = fresh.rest.match(numberPattern) ?? [];
  return expected.every((number, index) => isClose(Number(number), Number(actual[index]), tolerance));
}

export function withoutNumbers(line: string): string {
  return line.replace(numberPattern, "#");
}

function isClose(stored: number, fresh: number, { rtol, atol }: Tolerance): boolean {
  return stored === fresh || Math.abs(fresh - stored) <= atol + rtol * Math.abs(stored);
}
