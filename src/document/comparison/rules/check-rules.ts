import { type NormaliserName, normalisers } from "../normalisers/normalisers.js";
import type { CheckSettings, Replacement } from "./check-settings.js";

/** How the outputs of one cell are compared. */
export interface CheckRules {
  normalisers: Record<NormaliserName, boolean>;
  replace: Replacement[];
  rtol: number;
  atol: number;
  images: "exact" | "size" | "ignore";
  order: "exact" | "unordered" | "interleaved";
  output: "compare" | "ignore";
}

/** Settings, and in words where they stand. */
export interface RuleLayer {
  source: string;
  settings: CheckSettings;
}

export interface ResolvedRules {
  rules: CheckRules;
  /** The settings that are not the default, each with its value and where it comes from. */
  reasons: { setting: string; value: string; source: string }[];
}

/** Everything is compared exactly, after all normalisers. */
export function defaultRules(): CheckRules {
  return {
    normalisers: Object.fromEntries(normalisers.map((name) => [name, true])) as CheckRules["normalisers"],
    replace: [],
    rtol: 0,
    atol: 0,
    images: "exact",
    order: "exact",
    output: "compare",
  };
}

/** The rules that follow from `layers`, the farthest first: a nearer one wins; replacements add up. */
export function resolveRules(layers: RuleLayer[]): ResolvedRules {
  const rules = defaultRules();
  const reasons = new Map<string, ResolvedRules["reasons"][number]>();
  for (const { source, settings } of layers) {
    const { normalisers = {}, replace = [], ...plain } = settings;
    for (const [name, isOn] of Object.entries(normalisers)) {
      rules.normalisers[name as NormaliserName] = isOn;
      const setting = `normalisers.${name}`;
      reasons.set(setting, { setting, value: isOn ? "on" : "off", source });
    }
    for (const replacement of replace) {
      rules.replace.push(replacement);
      const value = `/${replacement.pattern}/${replacement.flags ?? ""} -> "${replacement.replacement}"`;
      reasons.set(`replace ${reasons.size}`, { setting: "replace", value, source });
    }
    for (const [setting, value] of Object.entries(plain)) {
      Object.assign(rules, { [setting]: value });
      reasons.set(setting, { setting, value: String(value), source });
    }
  }
  return { rules, reasons: [...reasons.values()] };
}
