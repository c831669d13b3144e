import type { Output } from "../notebook.js";
import { recordOf } from "../record.js";
import type { OutputHolder, OutputMessage } from "./output-collector.js";
import type { WidgetState } from "./widget-state.js";

const outputTypes = ["stream", "display_data", "execute_result", "error", "clear_output"];

/**
 * The Output widgets of ipywidgets. While one has `msg_id`, the outputs of that request are its own and not the cell's, as
 * JupyterLab and nbclient have it; where several have the same, they are those of the latest.
 */
export class OutputWidgets {
  #widgets: WidgetState;
  #holders = new Map<string, OutputHolder>();
  /** Comm ids by the request whose outputs they take, the latest last. */
  #taking = new Map<string, string[]>();
  #changed = new Set<string>();

  constructor(widgets: WidgetState) {
    this.#widgets = widgets;
  }

  /** Notices widgets that begin or end to take outputs, once `message` is in the widgets' state. */
  notice({ msg_type, content }: OutputMessage): void {
    const { comm_id, data } = content;
    const { msg_id } = recordOf(recordOf(data).state);
    if (!msg_type.startsWith("comm_") || typeof comm_id !== "string" || typeof msg_id !== "string") {
      return;
    }
    if (this.#widgets.models.get(comm_id)?.model_name !== "OutputModel") {
      return;
    }
    for (const [request, takers] of this.#taking) {
      this.#taking.set(
        request,
        takers.filter((taker) => taker !== comm_id),
      );
    }
    if (msg_id !== "") {
      this.#taking.set(msg_id, [...(this.#taking.get(msg_id) ?? []), comm_id]);
    }
  }

  /** Has `apply` change the outputs of the widget that takes `message`, which `request` has caused; false when none does. */
  take(request: string, message: OutputMessage, apply: (holder: OutputHolder) => void): boolean {
    const taker = this.#taking.get(request)?.at(-1);
    const model = this.#widgets.models.get(taker ?? "");
    if (taker === undefined || !model || !outputTypes.includes(message.msg_type)) {
      return false;
    }
    const holder = this.#holders.get(taker) ?? { outputs: [] };
    this.#holders.set(taker, holder);
    holder.outputs = Array.isArray(model.state.outputs) ? model.state.outputs.filter(isOutput) : [];
    apply(holder);
    model.state.outputs = holder.outputs;
    this.#changed.add(taker);
    return true;
  }

  /** The outputs of the widgets that have changed since this was asked last, by comm id, for the kernel to know them. */
  takeChanges(): Map<string, Output[]> {
    const changes = [...this.#changed].map((id) => [id, this.#holders.get(id)?.outputs ?? []] as const);
    this.#changed.clear();
    return new Map(changes);
  }

  /** All widgets that have taken outputs. */
  get holders(): OutputHolder[] {
    return [...this.#holders.values()];
  }
}

function isOutput(output: unknown): output is Output {
  return typeof recordOf(output).output_type === "string";
}
