import type { Replacement } from "./check-rules.js";
import { CheckSettingsError } from "./check-settings.js";

/**
 * The replacements in a file for nbval's `--nbval-sanitize-with`: sections of `regex:` and `replace:`, as Python's configparser reads
 * them. Patterns of Python are read as JavaScript's, with `(?P<name>` and `\g<name>` translated. Throws CheckSettingsError.
 */
export function nbvalSanitizers(text: string, source: string): Replacement[] {
  const sections = text.split(/^\s*\[[^\]\n]+\]\s*$/m).slice(1);
  if (sections.length === 0) {
    throw new CheckSettingsError(`${source}: expected sections of \`regex\` and \`replace\``);
  }
  return sections.map((section) => {
    const pattern = fieldOf(section, "regex");
    const replacement = fieldOf(section, "replace");
    if (pattern === undefined || replacement === undefined) {
      throw new CheckSettingsError(`${source}: expected each section to have \`regex\` and \`replace\``);
    }
    return {
      pattern: javascriptPattern(pattern, source),
      replacement: javascriptReplacement(replacement),
      flags: "g",
    };
  });
}

function fieldOf(section: string, name: string): string | undefined {
  return new RegExp(`^${name}\\s*[:=][ \\t]*(.*)$`, "m").exec(section)?.[1]?.trim();
}

function javascriptPattern(pattern: string, source: string): string {
  const translated = pattern.replaceAll("(?P<", "(?<").replace(/\(\?P=(\w+)\)/g, "\\k<$1>");
  try {
    new RegExp(translated);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CheckSettingsError(`${source}: ${reason}`, { cause });
  }
  return translated;
}

function javascriptReplacement(replacement: string): string {
  return replacement
    .replaceAll("$", "$$$$")
    .replace(/\\g<(\w+)>/g, (_, name: string) => (/^\d+$/.test(name) ? `$${name}` : `$<${name}>`))
    .replace(/\\(\d)/g, "$$$1");
}
