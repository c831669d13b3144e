import type { Command } from "commander";
import { decodeText } from "../../document/decode-text.js";
import type { Parameters } from "../../document/parameters/parameter-value.js";
import { readLimited } from "../../runner/files/read-limited.js";
import { UsageError } from "./usage-error.js";

/** The parameters of a command line, by the option that gave them, in papermill's names and order of precedence. */
export interface ParameterOptions {
  parameters_base64?: string[];
  parameters_file?: string[];
  parameters_yaml?: string[];
  parameters?: string[];
  parameters_raw?: string[];
}

const paired = new Set(["-p", "--parameters", "-r", "--parameters_raw"]);
const separator = "\0";

/** Joins the two words behind `-p` and `-r`, since the parser of the command line gives an option one. */
export function joinPairs(argv: string[]): string[] {
  const joined: string[] = [];
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "--") {
      return [...joined, word, ...words];
    }
    joined.push(word);
    if (paired.has(word) && words.length >= 2) {
      joined.push(words.splice(0, 2).join(separator));
    }
  }
  return joined;
}

export function addParameterOptions(command: Command): Command {
  const collect = (value: string, values: string[] = []) => [...values, value];
  return command
    .option(
      "-p, --parameters <name value>",
      "set a parameter; numbers, true, false and null are typed",
      collect,
    )
    .option("-r, --parameters_raw <name value>", "set a parameter to a text", collect)
    .option("-y, --parameters_yaml <yaml>", "set parameters from YAML", collect)
    .option("-f, --parameters_file <file>", "set parameters from a YAML or JSON file", collect)
    .option("-b, --parameters_base64 <base64>", "set parameters from YAML in base64", collect)
    .option("--allow-unknown", "pass parameters on that the notebook does not declare");
}

/** The parameters that the options set; `-r` wins over `-p`, `-y`, `-f` and `-b`. Throws ParameterError. */
export async function readParameters(options: ParameterOptions): Promise<Parameters> {
  const {
    parameters_base64: base64s = [],
    parameters_file: files = [],
    parameters_yaml: yamls = [],
    parameters: typed = [],
    parameters_raw: raw = [],
  } = options;
  // Without a prototype, as `__proto__` is a name like any other.
  const found: Parameters = Object.create(null);
  if ([base64s, files, yamls, typed, raw].every(({ length }) => length === 0)) {
    return found;
  }
  const { readTyped, readYaml } = await import("../../document/parameters/read-parameters.js");
  for (const base64 of base64s) {
    Object.assign(
      found,
      readYaml(textOf(Buffer.from(base64, "base64"), "--parameters_base64"), "--parameters_base64"),
    );
  }
  for (const file of files) {
    Object.assign(found, readYaml(textOf(await readLimited(file), file), file));
  }
  for (const yaml of yamls) {
    Object.assign(found, readYaml(yaml, "--parameters_yaml"));
  }
  for (const [name, value] of pairs(typed, "-p")) {
    found[name] = readTyped(value);
  }
  for (const [name, value] of pairs(raw, "-r")) {
    found[name] = value;
  }
  return found;
}

function textOf(bytes: Uint8Array, source: string): string {
  try {
    return decodeText(bytes);
  } catch (cause) {
    throw new UsageError(`${source}: expected UTF-8`, { cause });
  }
}

function pairs(joined: string[], option: string): [name: string, value: string][] {
  return joined.map((pair) => {
    const [name = "", value] = pair.split(separator);
    if (value === undefined) {
      throw new UsageError(`expected a name and a value behind ${option} ${name}`);
    }
    return [name, value];
  });
}
