import { isJsonObject } from "../../../jupyter/json-object.js";
import type { DisplayOptions, MimeBundle } from "../../shared/cell-globals.js";
import { currentCell } from "../cell/current-cell.js";
import type { ProtocolThread } from "../protocol-thread.js";
import { bundleData, mimeBundle } from "./mime-bundle.js";

/** The functions that every cell has; cell-globals.ts declares them. */
function createGlobals(protocol: ProtocolThread): Record<string, unknown> {
  const publish = (type: string, content: Record<string, unknown>) => {
    const cell = currentCell();
    if (cell) {
      protocol.publish(cell, type, content);
    }
  };
  const ask = (text: string): string | null => {
    const cell = currentCell();
    return cell?.allowsStdin ? protocol.input(cell, text, false) : null;
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
      const bundle = raw ? bundleData(checkBundle(value)) : mimeBundle(value);
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

function checkBundle(value: unknown): MimeBundle {
  if (isJsonObject(value)) {
    return value;
  }
  throw new TypeError(
    `Expected an object of data by MIME type to display with \`raw\`, got \`${String(value)}\``,
  );
}

export function installGlobals(protocol: ProtocolThread): void {
  for (const [name, value] of Object.entries(createGlobals(protocol))) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}
