import { shownValue } from "../../shown-value.js";
import { createWidget } from "../create-widget.js";
import type { Widget } from "../widget-types.js";
import { type ControlOptions, type ControlTraits, controlKind, layoutState } from "./control-kind.js";
import { given } from "./numbers.js";

export interface TextTraits extends ControlTraits {
  /** Default: "". */
  value: string;
  /** Stands there while it is empty. */
  placeholder: string;
  /** The value follows while the reader types. Default: true; otherwise it comes with Enter. */
  continuousUpdate: boolean;
}

export type TextOptions = Partial<TextTraits> & ControlOptions;

/** A field for a line of text, after ipywidgets' Text. Throws a TypeError when `value` is no string. */
export function text({ layout, ...options }: TextOptions = {}): Widget<TextTraits> {
  const defaults = { value: "", placeholder: "", description: "", disabled: false, continuousUpdate: true };
  const traits: TextTraits = { ...defaults, ...given(options) };
  return createWidget(controlKind("Text", { front: layoutState(layout), check: isOf("string") }), traits);
}

export interface CheckboxTraits extends ControlTraits {
  /** Default: false. */
  value: boolean;
  /** The box stands where other controls stand. Default: true. */
  indent: boolean;
}

export type CheckboxOptions = Partial<CheckboxTraits> & ControlOptions;

/** A box for yes or no, after ipywidgets' Checkbox. Throws a TypeError when `value` is no boolean. */
export function checkbox({ layout, ...options }: CheckboxOptions = {}): Widget<CheckboxTraits> {
  const traits: CheckboxTraits = {
    ...{ value: false, description: "", disabled: false, indent: true },
    ...given(options),
  };
  return createWidget(
    controlKind("Checkbox", { front: layoutState(layout), check: isOf("boolean") }),
    traits,
  );
}

export interface ButtonTraits extends ControlTraits {
  buttonStyle: "" | "primary" | "success" | "info" | "warning" | "danger";
  /** The name of a picture of Font Awesome, such as "check". */
  icon: string;
  tooltip: string;
}

export type ButtonOptions = Partial<ButtonTraits> & ControlOptions;

export type Button = Widget<ButtonTraits> & {
  /** Calls the handler each time that the reader presses the button. */
  onClick(handler: (button: Button) => unknown): void;
};

/** A button to press, after ipywidgets' Button; `description` stands on it. */
export function button({ layout, ...options }: ButtonOptions = {}): Button {
  const defaults: ButtonTraits = { description: "", disabled: false, buttonStyle: "", icon: "", tooltip: "" };
  const traits: ButtonTraits = { ...defaults, ...given(options) };
  const widget = createWidget(controlKind("Button", { front: layoutState(layout) }), traits);
  const onClick: Button["onClick"] = (handler) =>
    widget.onMsg((content) => {
      if (typeof content === "object" && content !== null && Reflect.get(content, "event") === "click") {
        return handler(pressed);
      }
    });
  const pressed: Button = Object.defineProperty(widget, "onClick", { value: onClick }) as Button;
  return pressed;
}

function isOf(type: "string" | "boolean"): (traits: Record<string, unknown>) => void {
  return ({ value }) => {
    if (typeof value !== type) {
      throw new TypeError(`Expected \`value\` to be a ${type}, got \`${shownValue(value)}\``);
    }
  };
}
