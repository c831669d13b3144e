import { shownValue } from "../../shown-value.js";
import { createWidget } from "../create-widget.js";
import type { Widget } from "../widget-types.js";
import { type ControlOptions, type ControlTraits, controlKind, layoutState } from "./control-kind.js";

export interface SliderTraits extends ControlTraits {
  /** Default: `min`. */
  value: number;
  /** Default: 0. */
  min: number;
  /** Default: 100. */
  max: number;
  /** Default: 1, or 0.1 where a limit or the value is no integer. */
  step: number;
  /** Default: "horizontal". */
  orientation: "horizontal" | "vertical";
  /** The value stands beside it. Default: true. */
  readout: boolean;
  /** The value follows while the reader drags. Default: true. */
  continuousUpdate: boolean;
}

export type SliderOptions = Partial<SliderTraits> & ControlOptions;

/**
 * A slider for a number from `min` to `max`, after ipywidgets' IntSlider and FloatSlider. Throws a RangeError when
 * `value` is not between the limits, a TypeError for what is no number.
 */
export function slider({ layout, ...options }: SliderOptions = {}): Widget<SliderTraits> {
  const { min = 0, max = 100 } = options;
  const isInteger = [min, max, options.value, options.step].every(
    (value) => value === undefined || Number.isInteger(value),
  );
  const traits: SliderTraits = {
    value: min,
    min,
    max,
    step: isInteger ? 1 : 0.1,
    description: "",
    disabled: false,
    orientation: "horizontal",
    readout: true,
    continuousUpdate: true,
    ...given(options),
  };
  const name = isInteger ? "IntSlider" : "FloatSlider";
  return createWidget(controlKind(name, { front: layoutState(layout), check: checkRange }), traits);
}

export interface NumberTraits extends ControlTraits {
  /** Default: 0, or `min` where that is more. */
  value: number;
  /** Default: none. */
  min: number | undefined;
  /** Default: none. */
  max: number | undefined;
  step: number | undefined;
}

export type NumberOptions = Partial<NumberTraits> & ControlOptions;

/** A field for a number, after ipywidgets' FloatText and BoundedFloatText. Throws as `slider` does. */
export function number({ layout, ...options }: NumberOptions = {}): Widget<NumberTraits> {
  const { min, max } = options;
  const isBounded = min !== undefined || max !== undefined;
  const traits: NumberTraits = {
    value: Math.min(Math.max(0, min ?? 0), max ?? Number.POSITIVE_INFINITY),
    min: isBounded ? (min ?? -Number.MAX_VALUE) : undefined,
    max: isBounded ? (max ?? Number.MAX_VALUE) : undefined,
    step: undefined,
    description: "",
    disabled: false,
    ...given(options),
  };
  const name = isBounded ? "BoundedFloatText" : "FloatText";
  const view = "FloatTextView";
  return createWidget(controlKind(name, { view, front: layoutState(layout), check: checkRange }), traits);
}

export interface ProgressBarTraits extends Omit<ControlTraits, "disabled"> {
  /** Default: `min`. */
  value: number;
  /** Default: 0. */
  min: number;
  /** Default: 100. */
  max: number;
  barStyle: "" | "success" | "info" | "warning" | "danger";
  orientation: "horizontal" | "vertical";
}

export type ProgressBarOptions = Partial<ProgressBarTraits> & Pick<ControlOptions, "layout">;

/** A bar that fills from `min` to `max`, after ipywidgets' FloatProgress. Throws as `slider` does. */
export function progressBar({ layout, ...options }: ProgressBarOptions = {}): Widget<ProgressBarTraits> {
  const traits: ProgressBarTraits = {
    value: options.min ?? 0,
    min: 0,
    max: 100,
    description: "",
    barStyle: "",
    orientation: "horizontal",
    ...given(options),
  };
  const kind = { view: "ProgressView", front: layoutState(layout), check: checkRange };
  return createWidget(controlKind("FloatProgress", kind), traits);
}

/** The members that are not undefined. */
export function given<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function checkRange(traits: Record<string, unknown>): void {
  for (const name of ["value", "min", "max", "step"]) {
    const value = traits[name];
    if (value !== undefined && (typeof value !== "number" || !Number.isFinite(value))) {
      throw new TypeError(`Expected \`${name}\` to be a finite number, got \`${shownValue(value)}\``);
    }
  }
  const value = Number(traits.value);
  const min = Number(traits.min ?? value);
  const max = Number(traits.max ?? value);
  if (min > max) {
    throw new RangeError(`Expected \`min\` to be at most \`max\`, which is \`${max}\`, got \`${min}\``);
  }
  if (value < min || value > max) {
    throw new RangeError(`Expected \`value\` to be from \`${min}\` to \`${max}\`, got \`${value}\``);
  }
}
