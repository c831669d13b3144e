import type { RoutedMessage } from "../../jupyter/message.js";
import type { CodeQuestion } from "../shared/thread-messages.js";

/** A request that asks about a text and runs nothing, in the words of the main thread. */
export function codeQuestion({ header, content }: RoutedMessage): CodeQuestion | undefined {
  const code = String(content.code ?? "");
  const cursorPosition =
    typeof content.cursor_pos === "number" ? content.cursor_pos : Number.POSITIVE_INFINITY;
  switch (header.msg_type) {
    case "complete_request":
      return { kind: "complete", code, cursorPosition };
    case "inspect_request":
      return { kind: "inspect", code, cursorPosition, withSource: content.detail_level === 1 };
    case "is_complete_request":
      return { kind: "is_complete", code };
    default:
      return undefined;
  }
}
