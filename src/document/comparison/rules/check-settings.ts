import { type NormaliserName, normalisers } from "../normalisers/normalisers.js";
import type { CheckRules } from "./check-rules.js";

/** A normaliser of one's own, in the words of `String.prototype.replace`; it replaces every match. */
export interface Replacement {
  pattern: string;
  replacement: string;
  flags?: string;
}

/** What `poolbook.check` may say in package.json and in the metadata of a notebook or a cell. */
export interface CheckSettings extends Partial<Omit<CheckRules, "normalisers" | "replace">> {
  normalisers?: Partial<Record<NormaliserName, boolean>>;
  replace?: Replacement[];
}

/** Thrown when settings or tags are not understood; the message says where they stand and what was expected. */
export class CheckSettingsError extends Error {
  override name = "CheckSettingsError";
}

const choicesOf: Record<string, string[]> = {
  images: ["exact", "size", "ignore"],
  order: ["exact", "unordered", "interleaved"],
  output: ["compare", "ignore"],
};

/** The settings in `value`, which stands at `source`. Throws CheckSettingsError. */
export function parseCheckSettings(value: unknown, source: string): CheckSettings {
  if (value === undefined) {
    return {};
  }
  const settings = objectAt(value, "`poolbook.check`", source);
  for (const [name, setting] of Object.entries(settings)) {
    if (name === "normalisers") {
      checkNormalisers(setting, source);
    } else if (name === "replace") {
      checkReplacements(setting, source);
    } else if (name === "rtol" || name === "atol") {
      checkTolerance(name, setting, source);
    } else if (choicesOf[name]) {
      checkChoice(name, setting, choicesOf[name], source);
    } else {
      const known = ["normalisers", "replace", "rtol", "atol", ...Object.keys(choicesOf)].join(", ");
      throw new CheckSettingsError(`${source}: unknown setting \`${name}\`; known: ${known}`);
    }
  }
  return settings as CheckSettings;
}

/** The names in a list such as `pids,dates`, or `all`, or `none`, as settings that switch all others off. */
export function parseNormaliserList(list: string, source: string): CheckSettings {
  const on =
    list === "all" ? [...normalisers] : list === "none" ? [] : list.split(",").map((name) => name.trim());
  checkNormalisers(Object.fromEntries(on.map((name) => [name, true])), source);
  return { normalisers: Object.fromEntries(normalisers.map((name) => [name, on.includes(name)])) };
}

function checkNormalisers(value: unknown, source: string): void {
  for (const [name, isOn] of Object.entries(objectAt(value, "`normalisers`", source))) {
    if (!(normalisers as readonly string[]).includes(name)) {
      throw new CheckSettingsError(
        `${source}: unknown normaliser \`${name}\`; known: ${normalisers.join(", ")}`,
      );
    }
    if (typeof isOn !== "boolean") {
      expected(`normalisers.${name}`, "true or false", isOn, source);
    }
  }
}

function checkReplacements(value: unknown, source: string): void {
  if (!Array.isArray(value)) {
    expected("replace", "a list", value, source);
  }
  for (const each of value as unknown[]) {
    const { pattern, replacement, flags = "" } = objectAt(each, "each of `replace`", source);
    if (typeof pattern !== "string") {
      expected("replace: pattern", "a string", pattern, source);
    }
    if (typeof replacement !== "string") {
      expected("replace: replacement", "a string", replacement, source);
    }
    if (typeof flags !== "string") {
      expected("replace: flags", "a string", flags, source);
    }
    try {
      new RegExp(pattern as string, flags as string);
    } catch (cause) {
      throw new CheckSettingsError(`${source}: ${(cause as Error).message}`, { cause });
    }
  }
}

function checkTolerance(name: string, value: unknown, source: string): void {
  if (typeof value !== "number" || !(value >= 0)) {
    expected(name, "a number of at least 0", value, source);
  }
}

function checkChoice(name: string, value: unknown, choices: string[], source: string): void {
  if (!choices.includes(value as string)) {
    expected(name, `one of ${choices.join(", ")}`, value, source);
  }
}

function objectAt(value: unknown, what: string, source: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CheckSettingsError(
      `${source}: expected ${what} to be an object, got \`${JSON.stringify(value)}\``,
    );
  }
  return value as Record<string, unknown>;
}

function expected(name: string, what: string, value: unknown, source: string): never {
  throw new CheckSettingsError(
    `${source}: expected \`${name}\` to be ${what}, got \`${JSON.stringify(value)}\``,
  );
}
