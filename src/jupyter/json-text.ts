const { stringify } = JSON;
const replacement = "\ufffd";

/**
 * JSON of a value, which is well-formed Unicode: a lone surrogate, which no other language's JSON can hold, becomes
 * U+FFFD. Throws a TypeError for what JSON cannot hold, such as a bigint or a cycle.
 */
export function jsonText(value: unknown): string {
  const json = stringify(value);
  return json.includes("\\ud")
    ? json.replace(escapes, (text, isLone) => (isLone ? replacement : text))
    : json;
}

/** Each escape of a JSON text; the group is that of a surrogate, which JavaScript escapes only when it is alone. */
const escapes = /\\(?:u(d[89a-f][0-9a-f]{2})|.)/g;
