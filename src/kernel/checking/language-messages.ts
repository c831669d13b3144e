import type { JsonObject } from "../../jupyter/json-object.js";
import type { CodeQuestion } from "../shared/thread-messages.js";

/** Given to the thread at its start. */
export interface CheckingData {
  /** The folder in which the kernel was started. */
  directory: string;
  javascript: boolean;
  /** The strictness that the notebook's metadata ask for. */
  settings: Readonly<Record<string, unknown>>;
}

/**
 * `content` is that of a `poolbook_language_request` on the control channel: `question` (`check`, `inspect` or
 * `signature`), `cells` (the texts of the notebook's code cells, in their order), and for the last two `index` (of a
 * cell) and `offset` (in UTF-16 units).
 */
export interface LanguageQuestion {
  id: number;
  content: JsonObject;
}

/**
 * `content` is that of the reply: `cells`, for each a list of `{ start, end, code, message }`, or `answer`, a text or
 * null; with `status`, as in every reply. To a `TextQuestion` it is that of the reply on the shell channel.
 */
export interface LanguageAnswer {
  id: number;
  content: JsonObject;
}

/** A question about a text that came on the shell channel, with the cells that it stands behind. */
export interface TextQuestion {
  id: number;
  question: CodeQuestion;
  session: KnownSession;
}

/** The session so far, as far as the question needs it: the sources are empty unless it asks for them. */
export interface KnownSession {
  declarations: string;
  sources: [name: string, text: string][];
}
