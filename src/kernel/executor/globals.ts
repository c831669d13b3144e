import type { DisplayOptions, MimeBundle } from "../cell-globals.js";
import { currentCell } from "./cell.js";
import type { Connection } from "./connection.js";
import { bundleData, mimeBundle } from "./rich.js";

/** The functions that every cell has; cell-globals.ts declares them. */
function createGlobals(connection: Connection): Record<string, unknown> {
  const publish = (type: string, content: Record<string, unknown>) => {
    const cell = currentCell();
    if (cell) {
      connection.publish(cell, type, content);
    }
  };
  const ask = (text: string): string | null => {
    const cell = currentCell();
    return cell?.allowsStdin ? connection.input(cell, text, false) : null;
  };
  return {
    display(value: unknown, { metadata = {}, displayId, update = false, raw = false }: DisplayOptions = {}) {
      if (update && displayId === undefined) {
        throw new TypeError("Expected `displayId` to name the display to update, got `undefined`");
      }
      const send = (data: MimeBundle) =>
        publish(update ? "update_display_data" : "display_data", {
          data,
          metadata,
          transient: { display_id: displayId },
        });
      const bundle = raw ? bundleData(value as MimeBundle) : mimeBundle(value);
      return bundle instanceof Promise ? bundle.then(send) : send(bundle);
    },
    clearOutput({ wait = false }: { wait?: boolean } = {}) {
      publish("clear_output", { wait });
    },
    prompt(message = "", defaultValue = "") {
      const answer = ask(String(message));
      return answer === "" ? String(defaultValue) : answer;
    },
    confirm(message = "") {
      const answer = ask(`${message} [y/N] `.trimStart());
      return answer === null ? null : /^y(es)?$/i.test(answer.trim());
    },
  };
}

export function installGlobals(connection: Connection): void {
  for (const [name, value] of Object.entries(createGlobals(connection))) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}
