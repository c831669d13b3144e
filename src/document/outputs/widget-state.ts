import { assignJson } from "../json/number-texts.js";
import { widgetStateType } from "../mime.js";
import type { Notebook } from "../notebook.js";
import { recordOf } from "../record.js";
import { type OutputMessage, refuseDepth } from "./output-collector.js";

const widgetTarget = "jupyter.widget";

export interface WidgetModel {
  model_name: unknown;
  model_module: unknown;
  model_module_version: unknown;
  state: Record<string, unknown>;
  buffers?: { path: BufferPath; data: string; encoding: "base64" }[];
}

type BufferPath = (string | number)[];

/** The state of the widgets that a kernel makes, from its comm messages, as ipywidgets stores it in notebooks. */
export class WidgetState {
  #models = new Map<string, WidgetModel>();

  /** The models by their comm's id. */
  get models(): ReadonlyMap<string, WidgetModel> {
    return this.#models;
  }

  /** Throws OutputLimitError. */
  apply({ msg_type, content }: OutputMessage, buffers: ArrayBufferView[] = []): void {
    const id = String(content.comm_id);
    const data = recordOf(content.data);
    refuseDepth(data.state);
    if (msg_type === "comm_open" && content.target_name === widgetTarget) {
      this.#open(id, data, buffers);
    }
    if (msg_type === "comm_msg" && data.method === "update") {
      this.#update(id, data, buffers);
    }
    if (msg_type === "comm_close") {
      this.#models.delete(id);
    }
  }

  /** Writes the state into the notebook's metadata, or takes an old one away when there are no widgets. */
  saveTo(notebook: Notebook): void {
    const { [widgetStateType]: _, ...others } = recordOf(notebook.metadata.widgets);
    const state = Object.fromEntries(this.#models);
    const own = this.#models.size > 0 && { [widgetStateType]: { version_major: 2, version_minor: 0, state } };
    const widgets = { ...others, ...own };
    if (Object.keys(widgets).length === 0) {
      delete notebook.metadata.widgets;
    } else {
      notebook.metadata.widgets = widgets;
    }
  }

  #open(id: string, data: Record<string, unknown>, buffers: ArrayBufferView[]): void {
    const { _model_name, _model_module, _model_module_version, ...state } = recordOf(data.state);
    const model: WidgetModel = {
      model_name: _model_name,
      model_module: _model_module,
      model_module_version: _model_module_version,
      state,
    };
    addBuffers(model, data.buffer_paths, buffers);
    this.#models.set(id, model);
  }

  #update(id: string, data: Record<string, unknown>, buffers: ArrayBufferView[]): void {
    const model = this.#models.get(id);
    if (!model) {
      return;
    }
    assignJson(model.state, recordOf(data.state));
    dropBuffers(model, data);
    addBuffers(model, data.buffer_paths, buffers);
  }
}

/** Those of the traits that `data` gives new values to. */
function dropBuffers(model: WidgetModel, { state, buffer_paths }: Record<string, unknown>): void {
  const paths = Array.isArray(buffer_paths) ? buffer_paths.filter(isBufferPath) : [];
  const traits = new Set([...Object.keys(recordOf(state)), ...paths.map(([trait]) => String(trait))]);
  if (model.buffers) {
    model.buffers = model.buffers.filter(({ path: [trait] }) => !traits.has(String(trait)));
  }
  for (const [trait] of paths.filter(({ length }) => length === 1)) {
    delete model.state[String(trait)];
  }
}

function addBuffers(model: WidgetModel, paths: unknown, buffers: ArrayBufferView[]): void {
  for (const [index, path] of Array.isArray(paths) ? paths.entries() : []) {
    const buffer = buffers[index];
    if (!buffer || !isBufferPath(path)) {
      continue;
    }
    const data = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString("base64");
    model.buffers = [...(model.buffers ?? []), { path, data, encoding: "base64" }];
  }
}

function isBufferPath(value: unknown): value is BufferPath {
  return Array.isArray(value) && value.every((key) => typeof key === "string" || typeof key === "number");
}
