/** A number, or a bigint that is one; undefined for anything else. */
export function numberOf(answer: unknown): number | undefined {
  if (typeof answer === "bigint") {
    const number = Number(answer);
    return BigInt(number) === answer ? number : undefined;
  }
  return typeof answer === "number" ? answer : undefined;
}

/** The items of an array or a typed array, bigints as numbers; undefined for anything else. */
export function listOf(answer: unknown): unknown[] | undefined {
  if (Array.isArray(answer)) {
    return answer.map((item) => numberOf(item) ?? item);
  }
  if (ArrayBuffer.isView(answer) && Symbol.iterator in answer) {
    return Array.from(answer as Iterable<unknown>, (item) => numberOf(item) ?? item);
  }
  return undefined;
}

/** Tells whether a text is a number that was put in quotes. */
export function isQuotedNumber(answer: unknown): boolean {
  return typeof answer === "string" && answer.trim() !== "" && !Number.isNaN(Number(answer));
}
