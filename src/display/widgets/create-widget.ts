import { inspect } from "node:util";
import type { JsonObject } from "../../jupyter/json-object.js";
import type { WidgetKind } from "./widget-kind.js";
import { type AnyChange, WidgetModel } from "./widget-model.js";
import type { MessageHandler, Widget } from "./widget-types.js";

const displaySymbol = Symbol.for("Jupyter.display");
const models = new WeakMap<object, WidgetModel>();

/** The model of a widget; undefined of other objects. */
export function modelOf(widget: object): WidgetModel | undefined {
  return models.get(widget);
}

/** A widget whose traits are its properties. Throws a TypeError for a trait with the name of a method. */
export function createWidget<Traits extends object>(kind: WidgetKind, traits: Traits): Widget<Traits> {
  const model = new WidgetModel(kind, Object.fromEntries(Object.entries(traits)));
  const widget = Object.create(null) as Widget<Traits>;
  models.set(widget, model);
  const methods = methodsOf(model, widget);
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(widget, name, { value });
  }
  Object.defineProperty(widget, displaySymbol, { value: () => bundleOf(model) });
  Object.defineProperty(widget, inspect.custom, { value: () => textOf(model) });
  Object.defineProperty(widget, "toString", { value: () => textOf(model) });
  for (const name of Object.keys(traits)) {
    Object.defineProperty(widget, name, {
      enumerable: true,
      get: () => model.traits[name],
      set: (value: unknown) => model.set({ [name]: value }),
    });
  }
  return widget;
}

/** Throws a TypeError when one of the names is that of a widget's method. */
export function checkTraitNames(traits: object): void {
  for (const name of Object.keys(traits)) {
    if (methodNames.includes(name) || name.startsWith("_")) {
      throw new TypeError(
        `Expected another name for the trait \`${name}\`: widgets have that name for themselves`,
      );
    }
  }
}

const methodNames = ["modelId", "set", "observe", "unobserve", "send", "onMsg", "close"];

function methodsOf(model: WidgetModel, owner: object) {
  const wrappers = new Map<unknown, (change: AnyChange) => unknown>();
  return {
    modelId: model.id,
    set: (changes: JsonObject) => model.set(changes),
    observe: (handler: (change: object) => unknown, names?: string | readonly string[]) => {
      const wrapped = wrappers.get(handler) ?? ((change: AnyChange) => handler({ ...change, owner }));
      wrappers.set(handler, wrapped);
      model.observe(wrapped, typeof names === "string" ? [names] : names);
    },
    unobserve: (handler: unknown) => model.unobserve(wrappers.get(handler)),
    send: (content: unknown, buffers?: readonly (ArrayBuffer | ArrayBufferView)[]) =>
      model.send(content, buffers),
    onMsg: (handler: MessageHandler) => model.onMsg(handler),
    close: () => model.close(),
  };
}

function bundleOf(model: WidgetModel): JsonObject {
  const view = { version_major: 2, version_minor: 0, model_id: model.id };
  return {
    "text/plain": textOf(model),
    ...(model.isShown && { "application/vnd.jupyter.widget-view+json": view }),
  };
}

/** The traits that say something, as Node shows an object. */
function textOf({ kind, traits }: WidgetModel): string {
  const names = kind.told ?? Object.keys(traits);
  const told = names.flatMap((name) => {
    const value = traits[name];
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  const text = inspect(Object.fromEntries(told), { breakLength: Number.POSITIVE_INFINITY });
  return told.length === 0 ? kind.name : `${kind.name} ${text}`;
}
