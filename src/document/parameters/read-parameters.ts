import { parse, type Tags } from "yaml";
import { isMapping, ParameterError, type Parameters, type ParameterValue } from "./parameter-value.js";

const named = new Map<string, boolean | null>([
  ["True", true],
  ["true", true],
  ["False", false],
  ["false", false],
  ["None", null],
  ["null", null],
]);

/**
 * The value that `text` on a command line stands for: a truth value or null (in Python's or in JavaScript's spelling),
 * an integer, a float, or else the text itself. After papermill's `-p`, which knows Python's spelling only.
 */
export function readTyped(text: string): ParameterValue {
  const word = named.get(text);
  if (word !== undefined) {
    return word;
  }
  const number = text.trim().replace(/(?<=\d)_(?=\d)/g, "");
  if (/^[+-]?\d+$/.test(number)) {
    return BigInt(number.replace(/^\+/, ""));
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number)) {
    return Number(number);
  }
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(number);
  if (!special) {
    return text;
  }
  if (special[2]?.toLowerCase() === "nan") {
    return Number.NaN;
  }
  return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * The parameters in a YAML 1.1 or JSON text, as papermill reads them: a mapping, whose dates stay texts; an empty text
 * has none. Throws ParameterError, which names `source`.
 */
export function readYaml(text: string, source: string): Parameters {
  const value = parseYaml(text, source);
  if (value === null) {
    return {};
  }
  if (!isMapping(value)) {
    throw new ParameterError(`${source}: expected a mapping of names to values`);
  }
  return value;
}

function parseYaml(text: string, source: string): ParameterValue {
  try {
    return parse(text, {
      version: "1.1",
      intAsBigInt: true,
      customTags: (tags) => tags.filter((tag) => !isTimestamp(tag)).map(withoutSingleLetters),
    }) as ParameterValue;
  } catch (cause) {
    const [reason] = String(cause instanceof Error ? cause.message : cause).split("\n");
    throw new ParameterError(`${source}: not YAML: ${reason}`, { cause });
  }
}

function isTimestamp(tag: Tags[number]): boolean {
  return typeof tag !== "string" && tag.tag.endsWith(":timestamp");
}

/** YAML 1.1 has `y` and `n` for truth values; PyYAML, and so papermill, reads them as texts. */
function withoutSingleLetters(tag: Tags[number]): Tags[number] {
  if (typeof tag === "string" || !tag.tag.endsWith(":bool") || !("test" in tag) || !tag.test) {
    return tag;
  }
  return { ...tag, test: new RegExp(`(?!^[yYnN]$)${tag.test.source}`) };
}
