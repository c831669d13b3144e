import type { JsonObject } from "../../jupyter/json-object.js";
import type { Declarations, Language } from "../../language/index.js";
import type { CodeQuestion } from "../shared/thread-messages.js";
import { toCodePointOffset, toUtf16Offset } from "./code-points.js";

/** The cells so far, for an answer. */
export interface Session {
  declarations: Declarations;
  /** The texts of cells, by the names that they have declared. */
  sources: ReadonlyMap<string, string>;
}

/** The content of the reply to a question about a text. */
export function replyTo(question: CodeQuestion, language: Language, session: Session): JsonObject {
  switch (question.kind) {
    case "complete":
      return completeReply(language, session.declarations, question);
    case "inspect":
      return inspectReply(language, session, question);
    case "is_complete":
      return isCompleteReply(language, question.code);
  }
}

/** A text that is not run, and a place in it, in code points. */
interface Question {
  code: string;
  cursorPosition: number;
}

function completeReply(language: Language, declarations: Declarations, question: Question): JsonObject {
  const { code, cursorPosition } = question;
  const cursor = toUtf16Offset(code, cursorPosition);
  const { start, end, matches: all } = language.complete(declarations, code, cursor);
  const matches = beginningWith(code.slice(start, cursor), all);
  const cursorStart = toCodePointOffset(code, start);
  const cursorEnd = toCodePointOffset(code, end);
  return {
    status: "ok",
    matches: matches.map(({ text }) => text),
    cursor_start: cursorStart,
    cursor_end: cursorEnd,
    metadata: {
      _jupyter_types_experimental: matches.map(({ text, type }) => ({
        text,
        type: type ?? "<unknown>",
        start: cursorStart,
        end: cursorEnd,
      })),
    },
  };
}

/** Those that continue what is typed, where there are any; the compiler also offers those that only contain it. */
function beginningWith<T extends { text: string }>(typed: string, matches: T[]): T[] {
  const prefix = typed.toLowerCase();
  const beginning = matches.filter(({ text }) => text.toLowerCase().startsWith(prefix));
  return beginning.length > 0 ? beginning : matches;
}

function inspectReply(
  language: Language,
  { declarations, sources }: Session,
  { code, cursorPosition, withSource }: Question & { withSource: boolean },
): JsonObject {
  const offset = toUtf16Offset(code, cursorPosition);
  const text = language.inspect(declarations, code, offset);
  const source = withSource ? language.sourceAt(declarations, code, offset, sources) : undefined;
  return {
    status: "ok",
    found: text !== undefined,
    data: text === undefined ? {} : inspection(text, source),
    metadata: {},
  };
}

/** The declaration as code, its comments, which are Markdown, and its source where that is asked for. */
function inspection(text: string, source: string | undefined): JsonObject {
  const [declaration = "", ...comments] = text.split("\n\n");
  const asCode = (code: string) => `\`\`\`typescript\n${code}\n\`\`\``;
  const markdown = [asCode(declaration), ...comments];
  return source === undefined
    ? { "text/plain": text, "text/markdown": markdown.join("\n\n") }
    : {
        "text/plain": `${text}\n\nSource:\n${source}`,
        "text/markdown": [...markdown, "**Source**", asCode(source)].join("\n\n"),
      };
}

function isCompleteReply(language: Language, code: string): JsonObject {
  try {
    return { ...language.completeness(code) };
  } catch {
    return { status: "unknown" };
  }
}
