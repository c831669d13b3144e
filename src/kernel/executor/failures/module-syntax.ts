import { readFileSync } from "node:fs";
import { types } from "node:util";
import { excerpt, lineOf, type Place } from "../cell/excerpt.js";
import { errorPlace } from "./error-place.js";

const missingExport = /^The requested module '(.+)' does not provide an export named '(.+)'/;

/**
 * Says in which file a module cannot be compiled or linked, which Node leaves out: V8 knows the place in the file, and
 * of the files that may be meant takes all but that one. Undefined where the error says enough.
 */
export function sayPlaceInModule(error: unknown, files: () => string[]): Promise<void> | undefined {
  if (!types.isNativeError(error) || error.name !== "SyntaxError" || !isOfNodeAlone(error.stack)) {
    return undefined;
  }
  return sayPlace(error, files).catch(() => {
    // It is shown as Node has it.
  });
}

async function sayPlace(error: Error, files: () => string[]): Promise<void> {
  const place = errorPlace(error);
  const file = place && (await fileOf(error, place, files()));
  if (place && file !== undefined) {
    const line = lineOf(readFileSync(file, "utf8"), place.line) ?? "";
    const header = `SyntaxError: ${error.message}\n    at ${file}:${place.line + 1}:${place.character + 1}`;
    error.stack = [header, "", ...excerpt(line, place)].join("\n");
  }
}

/** True where no frame of the user's says more. */
function isOfNodeAlone(stack = ""): boolean {
  const frames = stack.split("\n").filter((line) => line.startsWith("    at "));
  return stack.startsWith("SyntaxError") && frames.every((frame) => frame.includes("node:internal/"));
}

async function fileOf(error: Error, place: Place, paths: string[]): Promise<string | undefined> {
  const [isMissing, from = "", name = ""] = missingExport.exec(error.message) ?? [];
  for (const path of paths) {
    const text = readFileSync(path, "utf8");
    const line = lineOf(text, place.line);
    if (line === undefined || line.length < place.character) {
      continue;
    }
    const isNamed = name === "default" || line.startsWith(name, place.character);
    if (isMissing ? text.includes(from) && isNamed : await isRefused(text, error, place)) {
      return path;
    }
  }
  return undefined;
}

/** Compiles a text as a module that cannot be linked, so that it never runs. */
async function isRefused(text: string, { message }: Error, { line, character }: Place): Promise<boolean> {
  const module = Buffer.from(`${text}\nimport "./nowhere";`).toString("base64");
  try {
    await import(`data:text/javascript;base64,${module}`);
    return false;
  } catch (error) {
    const found = types.isNativeError(error) && error.message === message ? errorPlace(error) : undefined;
    return found?.line === line && found.character === character;
  }
}
