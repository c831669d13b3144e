import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files for this version of TypeScript, with slashes; packages that they bring along are not among them. */
export function declarationFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".d.ts") && !/^(?:node_modules|ts\d)/.test(name))
    .sort();
}

/** Their texts by their names, in UTF-8. */
export function declarationTexts(folder: string, names = declarationFiles(folder)): Map<string, Buffer> {
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
