import type { JsonObject } from "../../jupyter/json-object.js";
import type { Diagnostic, NotebookChecker } from "../../language/index.js";

/** Answers a question about cells as they are typed; see `LanguageQuestion`. */
export function answer(checker: NotebookChecker, content: JsonObject): JsonObject {
  try {
    const { question, cells, index, offset } = content;
    if (!Array.isArray(cells) || !cells.every((cell) => typeof cell === "string")) {
      throw new TypeError("Expected `cells` to be a list of texts");
    }
    if (question === "check") {
      const verdicts = [...checker.check(cells)];
      return { status: "ok", cells: verdicts.map(({ diagnostics }) => diagnostics.map(finding)) };
    }
    if (typeof index !== "number" || typeof offset !== "number") {
      throw new TypeError("Expected `index` and `offset` to be numbers");
    }
    const services = checker.services(cells, index);
    const text = question === "signature" ? services.signature(offset) : services.inspect(offset);
    return { status: "ok", answer: text ?? null };
  } catch (error) {
    return failure(error);
  }
}

export function failure(error: unknown): JsonObject {
  const [ename, evalue] = error instanceof Error ? [error.name, error.message] : ["Error", String(error)];
  return { status: "error", ename, evalue, traceback: [] };
}

function finding({ start, end, code, messageText, fileName }: Diagnostic): JsonObject {
  return fileName === undefined
    ? { start: start.offset, end: end.offset, code, message: messageText }
    : {
        start: 0,
        end: 0,
        code,
        message: `${fileName}:${start.line + 1}:${start.character + 1}: ${messageText}`,
      };
}
