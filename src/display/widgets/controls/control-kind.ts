import type { JsonObject } from "../../../jupyter/json-object.js";
import type { WidgetKind } from "../widget-kind.js";
import { WidgetModel } from "../widget-model.js";

/** The sizes and places of a control, by their names in CSS, in camel case: `{ width: "60%" }`. */
export type Layout = Readonly<Record<string, string>>;

export interface ControlTraits {
  /** Stands before the control. Default: nothing. */
  description: string;
  /** Default: false. */
  disabled: boolean;
}

export interface ControlOptions extends Partial<ControlTraits> {
  readonly layout?: Layout;
}

const controls = { module: "@jupyter-widgets/controls", version: "2.0.0" };
const base = { module: "@jupyter-widgets/base", version: "2.0.0" };

/** A control of ipywidgets, whose front-end module shows it; its traits have ipywidgets' names in camel case. */
export function controlKind(name: string, parts: Partial<WidgetKind> & { view?: string } = {}): WidgetKind {
  const { view = `${name}View`, front = {}, ...rest } = parts;
  return {
    name,
    told: ["description", "value", "min", "max", "options"],
    front: { ...frontOf(`${name}Model`, view, controls), ...front },
    toFront: renamed(snakeCase),
    fromFront: (state, all) => {
      const entries = Object.entries(renamed(camelCase)(state));
      return Object.fromEntries(entries.filter(([trait]) => Object.hasOwn(all, trait)));
    },
    ...rest,
  };
}

/** The part of a control's state that names its layout. */
export function layoutState(layout: Layout | undefined): JsonObject {
  if (!layout) {
    return {};
  }
  const toFront = renamed(snakeCase);
  const kind = {
    name: "Layout",
    front: frontOf("LayoutModel", "LayoutView", base),
    toFront,
    fromFront: () => ({}),
  };
  return { layout: reference(new WidgetModel(kind, layout)) };
}

/** The way in which the state of a widget names another one. */
export function reference({ id }: { id: string }): string {
  return `IPY_MODEL_${id}`;
}

function frontOf(model: string, view: string, { module, version }: typeof base): JsonObject {
  return {
    _model_module: module,
    _model_module_version: version,
    _model_name: model,
    _view_module: module,
    _view_module_version: version,
    _view_name: view,
    _view_count: null,
  };
}

function renamed(rename: (name: string) => string): (values: JsonObject) => JsonObject {
  return (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [rename(name), value]));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function camelCase(name: string): string {
  return name.replace(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
