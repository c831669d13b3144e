import { isRecord } from "../../record.js";
import { isNormaliserName, normaliserNames } from "../normalisers/normalisers.js";
import type { CheckSettings } from "./check-rules.js";

/** Thrown when settings or tags are not understood; the message says where they stand and what was expected. */
export class CheckSettingsError extends Error {
  override name = "CheckSettingsError";
}

type SettingCheck = (setting: unknown, source: string) => void;

const checks: Record<keyof CheckSettings, SettingCheck> = {
  normalisers: checkNormalisers,
  replace: checkReplacements,
  rtol: tolerance("rtol"),
  atol: tolerance("atol"),
  images: choice("images", ["exact", "size", "ignore"]),
  order: choice("order", ["exact", "unordered", "interleaved"]),
  output: choice("output", ["compare", "ignore"]),
};

/** The settings in `value`, which stands at `source`. Throws CheckSettingsError. */
export function parseCheckSettings(value: unknown, source: string): CheckSettings {
  if (value === undefined) {
    return {};
  }
  const settings = objectAt(value, "`poolbook.check`", source);
  assertSettings(settings, source);
  return settings;
}

/** The names in a list such as `pids,dates`, or `all`, or `none`, as settings that switch all others off. */
export function parseNormaliserList(list: string, source: string): CheckSettings {
  const on =
    list === "all" ? normaliserNames : list === "none" ? [] : list.split(",").map((name) => name.trim());
  checkNormalisers(Object.fromEntries(on.map((name) => [name, true])), source);
  return {
    normalisers: Object.fromEntries(normaliserNames.map((name) => [name, on.some((each) => each === name)])),
  };
}

function assertSettings(
  settings: Record<string, unknown>,
  source: string,
): asserts settings is Record<string, unknown> & CheckSettings {
  const known = new Map<string, SettingCheck>(Object.entries(checks));
  for (const [name, setting] of Object.entries(settings)) {
    const check = known.get(name);
    if (!check) {
      throw new CheckSettingsError(
        `${source}: unknown setting \`${name}\`; known: ${[...known.keys()].join(", ")}`,
      );
    }
    check(setting, source);
  }
}

function checkNormalisers(value: unknown, source: string): void {
  for (const [name, isOn] of Object.entries(objectAt(value, "`normalisers`", source))) {
    if (!isNormaliserName(name)) {
      throw new CheckSettingsError(
        `${source}: unknown normaliser \`${name}\`; known: ${normaliserNames.join(", ")}`,
      );
    }
    if (typeof isOn !== "boolean") {
      throw unexpected(`normalisers.${name}`, "true or false", isOn, source);
    }
  }
}

function checkReplacements(value: unknown, source: string): void {
  if (!Array.isArray(value)) {
    throw unexpected("replace", "a list", value, source);
  }
  for (const each of value) {
    const { pattern, replacement, flags = "" } = objectAt(each, "each of `replace`", source);
    if (typeof pattern !== "string") {
      throw unexpected("replace: pattern", "a string", pattern, source);
    }
    if (typeof replacement !== "string") {
      throw unexpected("replace: replacement", "a string", replacement, source);
    }
    if (typeof flags !== "string") {
      throw unexpected("replace: flags", "a string", flags, source);
    }
    try {
      new RegExp(pattern, flags);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new CheckSettingsError(`${source}: ${reason}`, { cause });
    }
  }
}

function tolerance(name: string): SettingCheck {
  return (value, source) => {
    if (typeof value !== "number" || !(value >= 0)) {
      throw unexpected(name, "a number of at least 0", value, source);
    }
  };
}

function choice(name: string, choices: unknown[]): SettingCheck {
  return (value, source) => {
    if (!choices.includes(value)) {
      throw unexpected(name, `one of ${choices.join(", ")}`, value, source);
    }
  };
}

function objectAt(value: unknown, what: string, source: string): Record<string, unknown> {
  if (!isRecord(value)) {
    throw new CheckSettingsError(
      `${source}: expected ${what} to be an object, got \`${JSON.stringify(value)}\``,
    );
  }
  return value;
}

function unexpected(name: string, what: string, value: unknown, source: string): CheckSettingsError {
  return new CheckSettingsError(
    `${source}: expected \`${name}\` to be ${what}, got \`${JSON.stringify(value)}\``,
  );
}
