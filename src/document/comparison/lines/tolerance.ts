export interface Tolerance {
  rtol: number;
  atol: number;
}

const numberPattern = /(?<![\w.])[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w])/g;

export function isTolerant({ rtol, atol }: Tolerance): boolean {
  return rtol > 0 || atol > 0;
}

/** Whether the lines are equal but for numbers that are close: |fresh - stored| <= atol + rtol * |stored|, as in NumPy. */
export function areClose(stored: string, fresh: string, tolerance: Tolerance): boolean {
  if (stored === fresh) {
    return true;
  }
  if (!isTolerant(tolerance) || withoutNumbers(stored) !== withoutNumbers(fresh)) {
    return false;
  }
  const expected = stored.match(numberPattern) ?? [];
  const actual = fresh.match(numberPattern) ?? [];
  return expected.every((number, index) => isClose(Number(number), Number(actual[index]), tolerance));
}

export function withoutNumbers(line: string): string {
  return line.replace(numberPattern, "#");
}

function isClose(stored: number, fresh: number, { rtol, atol }: Tolerance): boolean {
  return stored === fresh || Math.abs(fresh - stored) <= atol + rtol * Math.abs(stored);
}
