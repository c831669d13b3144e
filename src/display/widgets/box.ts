import { controlKind, reference } from "./controls/control-kind.js";
import { createWidget, modelOf } from "./create-widget.js";
import type { Widget } from "./widget-types.js";

/** Widgets below each other, after ipywidgets' VBox. Throws a TypeError for what is no widget. */
export function vbox(children: readonly object[]): Widget<object> {
  return box("VBox", children);
}

/** Widgets beside each other, after ipywidgets' HBox. Throws a TypeError for what is no widget. */
export function hbox(children: readonly object[]): Widget<object> {
  return box("HBox", children);
}

function box(name: string, children: readonly object[]): Widget<object> {
  const references = children.map((child) => {
    const model = modelOf(child);
    if (!model) {
      throw new TypeError("Expected the children of a box to be widgets");
    }
    return reference(model);
  });
  return createWidget(controlKind(name, { front: { children: references } }), {});
}
