import { isTooDeep } from "../json/nesting.js";
import { joinLines, type MimeBundle, type Output } from "../notebook.js";
import { recordOf } from "../record.js";
import { terminalText } from "./terminal-text.js";

/** A message that a kernel publishes about a cell: message type and content of Jupyter's messaging spec. */
export interface OutputMessage {
  msg_type: string;
  content: Record<string, unknown>;
}

/** Thrown where a stream becomes longer, or data nest deeper, than a notebook can hold, or be read again. */
export class OutputLimitError extends Error {
  override name = "OutputLimitError";
  /** All that follows would be too much as well. */
  readonly goesOn: boolean;

  constructor(message: string, goesOn: boolean) {
    super(message);
    this.goesOn = goesOn;
  }
}

const longestStream = 256 * 2 ** 20;

/** A cell, or a widget that shows outputs. */
export interface OutputHolder {
  outputs: Output[];
}

/**
 * Turns the messages a kernel publishes into the outputs of notebook cells, as JupyterLab shows them: neighbouring
 * writes to one stream are one output, `clear_output` clears (at once, or when the next output comes), and
 * `update_display_data` changes every output shown under its `display_id`, whichever cell holds it.
 */
export class OutputCollector {
  #displays = new Map<unknown, DisplayOutput[]>();
  #clearOnNext = new WeakSet<OutputHolder>();

  /** Applies one message to the outputs of its cell, or of the widget that takes them; messages that show nothing are ignored. Throws OutputLimitError. */
  apply(holder: OutputHolder, { msg_type, content }: OutputMessage): void {
    refuseDepth([content.data, content.metadata]);
    if (msg_type === "clear_output") {
      this.#clear(holder, content.wait === true);
    } else if (msg_type === "update_display_data") {
      this.#update(content);
    } else {
      this.#append(holder, toOutput(msg_type, content), content);
    }
  }

  #append(holder: OutputHolder, output: Output | undefined, content: Content): void {
    if (!output) {
      return;
    }
    if (this.#clearOnNext.delete(holder)) {
      holder.outputs = [];
    }
    const last = holder.outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text = joined(joinLines(last.text), joinLines(output.text));
      return;
    }
    holder.outputs.push(output);
    if (isDisplay(output)) {
      this.#remember(output, content);
    }
  }

  #clear(holder: OutputHolder, wait: boolean): void {
    if (wait) {
      this.#clearOnNext.add(holder);
    } else {
      holder.outputs = [];
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

/** The streams as a terminal would show them, once no more output is expected. */
export function settleStreams(holder: OutputHolder): void {
  for (const output of holder.outputs) {
    if (output.output_type === "stream") {
      output.text = terminalText(joinLines(output.text));
    }
  }
}

function joined(text: string, more: string): string {
  if (text.length + more.length > longestStream) {
    const size = longestStream / 2 ** 20;
    throw new OutputLimitError(`the cell prints more than ${size} MiB, which a notebook cannot hold`, true);
  }
  return text + more;
}

/** Throws OutputLimitError. */
export function refuseDepth(data: unknown): void {
  if (isTooDeep(data)) {
    throw new OutputLimitError("the cell shows data that nest deeper than a notebook can hold", false);
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
