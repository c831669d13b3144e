import { widgetStateType } from "../mime.js";
import type { Notebook } from "../notebook.js";
import type { OutputMessage } from "./output-collector.js";

const widgetTarget = "jupyter.widget";

interface WidgetModel {
  model_name: unknown;
  model_module: unknown;
  model_module_version: unknown;
  state: Record<string, unknown>;
  buffers?: { path: (string | number)[]; data: string; encoding: "base64" }[];
}

interface CommContent {
  comm_id: string;
  target_name?: string;
  data?: { method?: string; state?: Record<string, unknown>; buffer_paths?: (string | number)[][] };
}

/** The state of the widgets that a kernel makes, from its comm messages, as ipywidgets stores it in notebooks. */
export class WidgetState {
  #models = new Map<string, WidgetModel>();

  apply({ msg_type, content }: OutputMessage, buffers: ArrayBufferView[] = []): void {
    const comm = content as unknown as CommContent;
    if (msg_type === "comm_open" && comm.target_name === widgetTarget) {
      this.#open(comm, buffers);
    }
    if (msg_type === "comm_msg" && comm.data?.method === "update") {
      this.#update(comm, buffers);
    }
    if (msg_type === "comm_close") {
      this.#models.delete(comm.comm_id);
    }
  }

  /** Writes the state into the notebook's metadata, or takes an old one away when there are no widgets. */
  saveTo(notebook: Notebook): void {
    const { [widgetStateType]: _, ...others } = (notebook.metadata.widgets ?? {}) as Record<string, unknown>;
    const state = Object.fromEntries(this.#models);
    const own = this.#models.size > 0 && { [widgetStateType]: { version_major: 2, version_minor: 0, state } };
    notebook.metadata.widgets = { ...others, ...own };
    if (Object.keys(notebook.metadata.widgets as object).length === 0) {
      delete notebook.metadata.widgets;
    }
  }

  #open({ comm_id, data }: CommContent, buffers: ArrayBufferView[]): void {
    const { _model_name, _model_module, _model_module_version, ...state } = data?.state ?? {};
    const model: WidgetModel = {
      model_name: _model_name,
      model_module: _model_module,
      model_module_version: _model_module_version,
      state,
    };
    addBuffers(model, data?.buffer_paths, buffers);
    this.#models.set(comm_id, model);
  }

  #update({ comm_id, data }: CommContent, buffers: ArrayBufferView[]): void {
    const model = this.#models.get(comm_id);
    if (!model) {
      return;
    }
    Object.assign(model.state, data?.state);
    addBuffers(model, data?.buffer_paths, buffers);
  }
}

function addBuffers(model: WidgetModel, paths: (string | number)[][] = [], buffers: ArrayBufferView[]): void {
  for (const [index, path] of paths.entries()) {
    const buffer = buffers[index];
    if (!buffer) {
      continue;
    }
    const data = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString("base64");
    const others = (model.buffers ?? []).filter((other) => other.path.join() !== path.join());
    model.buffers = [...others, { path, data, encoding: "base64" }];
  }
}
