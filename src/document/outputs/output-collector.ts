import { type CodeCell, joinLines, type MimeBundle, type Output } from "../notebook.js";
import { recordOf } from "../record.js";
import { terminalText } from "./terminal-text.js";

/** A message that a kernel publishes about a cell: message type and content of Jupyter's messaging spec. */
export interface OutputMessage {
  msg_type: string;
  content: Record<string, unknown>;
}

/**
 * Turns the messages a kernel publishes into the outputs of notebook cells, as JupyterLab shows them: neighbouring
 * writes to one stream are one output, `clear_output` clears (at once, or when the next output comes), and
 * `update_display_data` changes every output shown under its `display_id`, whichever cell holds it.
 */
export class OutputCollector {
  #displays = new Map<unknown, DisplayOutput[]>();
  #clearOnNext = new WeakSet<CodeCell>();

  /** Applies one message to the outputs of the cell that caused it; messages that show nothing are ignored. */
  apply(cell: CodeCell, { msg_type, content }: OutputMessage): void {
    if (msg_type === "clear_output") {
      this.#clear(cell, content.wait === true);
    } else if (msg_type === "update_display_data") {
      this.#update(content);
    } else {
      this.#append(cell, toOutput(msg_type, content), content);
    }
  }

  #append(cell: CodeCell, output: Output | undefined, content: Content): void {
    if (!output) {
      return;
    }
    if (this.#clearOnNext.delete(cell)) {
      cell.outputs = [];
    }
    const last = cell.outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text = joinLines(last.text) + joinLines(output.text);
      return;
    }
    cell.outputs.push(output);
    if (isDisplay(output)) {
      this.#remember(output, content);
    }
  }

  #clear(cell: CodeCell, wait: boolean): void {
    if (wait) {
      this.#clearOnNext.add(cell);
    } else {
      cell.outputs = [];
    }
  }

  #remember(output: DisplayOutput, content: Content): void {
    const id = displayId(content);
    if (id === undefined) {
      return;
    }
    this.#displays.set(id, [...(this.#displays.get(id) ?? []), output]);
  }

  #update(content: Content): void {
    for (const output of this.#displays.get(displayId(content)) ?? []) {
      output.data = recordOf(content.data);
      output.metadata = recordOf(content.metadata);
    }
  }
}

/** The cell's streams as a terminal would show them, once no more output is expected. */
export function settleStreams(cell: CodeCell): void {
  for (const output of cell.outputs) {
    if (output.output_type === "stream") {
      output.text = terminalText(joinLines(output.text));
    }
  }
}

type DisplayOutput = Extract<Output, { data: MimeBundle }>;

type Content = OutputMessage["content"];

function displayId({ transient }: Content): unknown {
  return recordOf(transient).display_id;
}

function isDisplay(output: Output): output is DisplayOutput {
  return output.output_type === "display_data" || output.output_type === "execute_result";
}

function toOutput(type: string, content: Content): Output | undefined {
  switch (type) {
    case "stream":
      return { output_type: type, name: String(content.name), text: String(content.text) };
    case "display_data":
      return { output_type: type, data: recordOf(content.data), metadata: recordOf(content.metadata) };
    case "execute_result":
      return {
        output_type: type,
        data: recordOf(content.data),
        metadata: recordOf(content.metadata),
        execution_count: typeof content.execution_count === "number" ? content.execution_count : null,
      };
    case "error":
      return {
        output_type: type,
        ename: String(content.ename),
        evalue: String(content.evalue),
        traceback: Array.isArray(content.traceback) ? content.traceback.map(String) : [],
      };
    default:
      return undefined;
  }
}
