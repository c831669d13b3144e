const importStatement =
  /\b(?:import|export)\b[^"'`;]*?\bfrom\s*(["'])([^"'\n]+)\1|\bimport\s*(["'])([^"'\n]+)\3/g;
const importCall = /\b(?:import|require)\s*\(\s*(["'`])([^"'`\n]+)\1/g;

/** The imports of the code, by the words it uses; a text that only looks like an import does no harm here. */
export function importedSpecifiers(code: string): string[] {
  const statements = [...code.matchAll(importStatement)].map((match) => match[2] ?? match[4] ?? "");
  const calls = [...code.matchAll(importCall)].map((match) => match[2] ?? "");
  return [...new Set([...statements, ...calls])];
}
