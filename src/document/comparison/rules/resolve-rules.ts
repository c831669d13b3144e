import { normaliserNames } from "../normalisers/normalisers.js";
import type { CheckRules, RuleLayer } from "./check-rules.js";

export interface ResolvedRules {
  rules: CheckRules;
  /** The settings that are not the default, each with its value and where it comes from. */
  reasons: { setting: string; value: string; source: string }[];
}

/** Everything is compared exactly, after all normalisers. */
export function defaultRules(): CheckRules {
  return {
    normalisers: {
      ansi: true,
      tempfiles: true,
      dates: true,
      progress: true,
      durations: true,
      paths: true,
      uuids: true,
      styles: true,
      svgids: true,
      addresses: true,
      pids: true,
    },
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
    for (const name of normaliserNames) {
      const isOn = normalisers[name];
      if (isOn !== undefined) {
        rules.normalisers[name] = isOn;
        const setting = `normalisers.${name}`;
        reasons.set(setting, { setting, value: isOn ? "on" : "off", source });
      }
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
