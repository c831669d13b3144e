import { controlKind } from "./controls/control-kind.js";
import { createWidget } from "./create-widget.js";
import type { Widget } from "./widget-types.js";

/** A line of text that can change, after ipywidgets' Label. */
export function label(value: string): Widget<{ value: string }> {
  return createWidget(controlKind("Label"), { value });
}
