import { isJsonObject, type JsonObject } from "../../../jupyter/json-object.js";
import type { DisplayOptions, MimeBundle, PromptOptions } from "../../shared/cell-globals.js";
import { intact } from "../../shared/intact-builtins.js";
import { type Cell, currentCell } from "../cell/current-cell.js";
import { shownText } from "../failures/shown-text.js";
import type { ProtocolThread } from "../protocol-thread.js";
import { reportFailedDisplay } from "./failed-display.js";
import { bundleData, mimeBundle } from "./mime-bundle.js";

const { parse, stringify } = JSON;

/** The functions that every cell has; cell-globals.ts declares them. */
function createGlobals(protocol: ProtocolThread): Record<string, unknown> {
  return {
    display(value: unknown, options: DisplayOptions = {}) {
      const cell = currentCell();
      if (cell) {
        display(protocol, cell, value, options);
      }
    },
    clearOutput({ wait = false }: { wait?: boolean } = {}) {
      const cell = currentCell();
      if (cell) {
        protocol.publish(cell, "clear_output", { wait: Boolean(wait) });
      }
    },
    prompt(message = "", defaultValue: unknown = "", options?: PromptOptions) {
      const isWithoutDefault = options === undefined && isJsonObject(defaultValue);
      const { password = false }: PromptOptions = isWithoutDefault ? defaultValue : (options ?? {});
      const answer = ask(protocol, String(message), Boolean(password));
      return answer === "" ? (isWithoutDefault ? "" : String(defaultValue)) : answer;
    },
    confirm(message = "") {
      const answer = ask(protocol, `${message} [y/N] `.trimStart(), false);
      return answer === null ? null : /^y(es)?$/i.test(answer.trim());
    },
  };
}

function ask(protocol: ProtocolThread, text: string, password: boolean): string | null {
  const cell = currentCell();
  return cell?.allowsStdin ? protocol.input(cell, text, password) : null;
}

function display(
  protocol: ProtocolThread,
  cell: Cell,
  value: unknown,
  { metadata = {}, displayId, update = false, raw = false }: DisplayOptions,
): void {
  if (update && displayId === undefined) {
    throw new TypeError("Expected `displayId` to name the display to update, got `undefined`");
  }
  const transient = displayId === undefined ? {} : { display_id: String(displayId) };
  const content = { metadata: jsonObject(metadata), transient };
  const send = (data: MimeBundle) =>
    protocol.publish(cell, update ? "update_display_data" : "display_data", { data, ...content });
  const bundle = raw
    ? bundleData(checkBundle(value))
    : mimeBundle(value, (error) => reportFailedDisplay(protocol, cell, error));
  if (bundle instanceof Promise) {
    const display = bundle.then(send);
    cell.displays.add(display);
    void display.finally(() => cell.displays.delete(display));
  } else {
    send(bundle);
  }
}

/** As JSON has it, where `toJSON` counts. */
function jsonObject(metadata: unknown): JsonObject {
  const content: unknown = intact(() => parse(stringify(metadata) ?? "null"));
  if (isJsonObject(content)) {
    return content;
  }
  throw new TypeError(`Expected \`metadata\` to be an object, got \`${shownText(metadata)}\``);
}

function checkBundle(value: unknown): MimeBundle {
  if (isJsonObject(value)) {
    return value;
  }
  throw new TypeError(
    `Expected an object of data by MIME type to display with \`raw\`, got \`${shownText(value)}\``,
  );
}

export function installGlobals(protocol: ProtocolThread): void {
  for (const [name, value] of Object.entries(createGlobals(protocol))) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}
