import { randomUUID } from "node:crypto";
import type { Comm, CommMessage, CommSendOptions } from "../../jupyter/comm.js";
import { isJsonObject, type JsonObject } from "../../jupyter/json-object.js";
import { findKernel } from "../../jupyter/kernel-seam.js";
import { putBuffers, splitBuffers } from "./buffers.js";
import type { WidgetKind } from "./widget-kind.js";
import type { MessageHandler } from "./widget-types.js";

// The kernel's side of a widget's model, version 2 of the protocol of Jupyter's widgets:
// https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md

export type AnyChange = { type: "change"; name: string; old: unknown; new: unknown };

interface Observer {
  handler: unknown;
  names: readonly string[] | undefined;
  call(change: AnyChange): unknown;
}

/** Holds the traits of a widget and keeps those of the front end the same, where a kernel runs this code. */
export class WidgetModel {
  readonly id = randomUUID();
  readonly kind: WidgetKind;
  #traits: JsonObject;
  readonly #comm: Comm | undefined;
  readonly #bind: <T extends unknown[]>(callback: (...args: T) => unknown) => (...args: T) => unknown;
  readonly #observers: Observer[] = [];
  readonly #messageHandlers: MessageHandler[] = [];

  /** Throws a TypeError for traits that cannot travel. */
  constructor(kind: WidgetKind, traits: JsonObject) {
    this.kind = kind;
    this.#traits = { ...traits };
    kind.check?.(this.#traits);
    const { data, buffers } = this.#update(this.#frontState(), "update");
    const kernel = findKernel();
    this.#bind = (callback) => kernel?.bind(callback) ?? callback;
    this.#comm = kernel?.comms.open({
      commId: this.id,
      targetName: "jupyter.widget",
      data: { state: data.state, buffer_paths: data.buffer_paths },
      metadata: { version: "2.1.0" },
      buffers,
    });
    this.#comm?.onMsg((message) => this.#receive(message));
  }

  /** There is a front end that may show it. */
  get isShown(): boolean {
    return this.#comm?.isClosed === false;
  }

  get traits(): JsonObject {
    return this.#traits;
  }

  set(changes: JsonObject): void {
    const changed = this.#changed(changes);
    const after = { ...this.#traits, ...changed };
    this.kind.check?.(after);
    const { data, buffers } = this.#update(this.kind.toFront(changed, after), "update");
    const before = this.#traits;
    this.#traits = after;
    if (this.isShown && Object.keys(changed).length > 0) {
      this.#comm?.send(data, { buffers });
    }
    this.#tell(before, changed);
  }

  observe(handler: (change: AnyChange) => unknown, names?: readonly string[]): void {
    this.#observers.push({ handler, names, call: this.#bind(handler) });
  }

  unobserve(handler: unknown): void {
    for (let index = this.#observers.length - 1; index >= 0; index--) {
      if (this.#observers[index]?.handler === handler) {
        this.#observers.splice(index, 1);
      }
    }
  }

  send(content: unknown, buffers?: CommSendOptions["buffers"]): void {
    if (this.isShown) {
      this.#comm?.send({ method: "custom", content }, { buffers });
    }
  }

  onMsg(handler: MessageHandler): void {
    this.#messageHandlers.push(this.#bind(handler));
  }

  close(): void {
    this.#comm?.close();
  }

  #receive({ data, buffers }: CommMessage): void {
    switch (data.method) {
      case "update":
        this.#take(data, buffers);
        break;
      case "request_state": {
        const { data: update, buffers: sent } = this.#update(this.#frontState(), "update");
        this.#comm?.send(update, { buffers: sent });
        break;
      }
      case "custom":
        for (const handler of [...this.#messageHandlers]) {
          handler(data.content, buffers);
        }
    }
  }

  /** Takes what one front end has set; the echo tells the others, and that one when to listen to the kernel again. */
  #take({ state, buffer_paths }: JsonObject, buffers: readonly Uint8Array[]): void {
    if (!isJsonObject(state)) {
      return;
    }
    this.#comm?.send({ method: "echo_update", state: { ...state }, buffer_paths }, { buffers });
    putBuffers(state, buffer_paths, buffers);
    const changed = this.#changed(this.kind.fromFront(state, this.#traits));
    const before = this.#traits;
    this.#traits = { ...before, ...changed };
    this.#tell(before, changed);
  }

  /** Objects may have changed inside. */
  #changed(changes: JsonObject): JsonObject {
    const isNew = ([name, value]: [string, unknown]) =>
      (typeof value === "object" && value !== null) || !Object.is(value, this.#traits[name]);
    return Object.fromEntries(Object.entries(changes).filter(isNew));
  }

  #tell(before: JsonObject, changed: JsonObject): void {
    for (const [name, value] of Object.entries(changed)) {
      for (const { names, call } of [...this.#observers]) {
        if (names === undefined || names.includes(name)) {
          call({ type: "change", name, old: before[name], new: value });
        }
      }
    }
  }

  #frontState(): JsonObject {
    return { ...this.kind.front, ...this.kind.toFront(this.#traits, this.#traits) };
  }

  #update(frontState: JsonObject, method: string): { data: JsonObject; buffers: CommSendOptions["buffers"] } {
    const { state, buffer_paths, buffers } = splitBuffers(frontState);
    return { data: { method, state, buffer_paths }, buffers };
  }
}
