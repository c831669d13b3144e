import { isJsonObject } from "../../jupyter/json-object.js";
import { shownValue } from "../shown-value.js";
import { slider } from "./controls/numbers.js";
import { select } from "./controls/select.js";
import { checkbox, text } from "./controls/simple-controls.js";
import { modelOf } from "./create-widget.js";
import type { Widget } from "./widget-types.js";

/**
 * Stands for a control, as in ipywidgets' `interact`: `[min, max]` or `[min, max, step]` and a number (from -n to 3n)
 * for a slider, a boolean for a checkbox, a string for a field, any other list or an object for a list to choose from;
 * or the control itself.
 */
export type Abbreviation =
  | number
  | boolean
  | string
  | readonly unknown[]
  | Readonly<Record<string, unknown>>
  | Widget<{ value: unknown }>;

/** The type of the values that such a control gives. */
export type ControlValue<A> = A extends { value: infer V; modelId: string }
  ? V
  : A extends readonly [number, number] | readonly [number, number, number]
    ? number
    : A extends readonly (infer Item)[]
      ? Item extends readonly [string, infer V]
        ? V
        : Item
      : A extends number
        ? number
        : A extends boolean
          ? boolean
          : A extends string
            ? string
            : A[keyof A];

type Control = Widget<{ value: unknown }>;

/** The control that an abbreviation stands for. Throws a TypeError when it stands for none. */
export function controlFor(description: string, abbreviation: unknown): object {
  switch (typeof abbreviation) {
    case "number":
      return slider({ ...rangeAround(abbreviation), value: abbreviation, description });
    case "boolean":
      return checkbox({ value: abbreviation, description });
    case "string":
      return text({ value: abbreviation, description });
  }
  if (isRange(abbreviation)) {
    const [min, max, step] = abbreviation;
    const isInteger = abbreviation.every((value) => Number.isInteger(value));
    const middle = (min + max) / 2;
    return slider({ min, max, step, value: isInteger ? Math.trunc(middle) : middle, description });
  }
  if (isControl(abbreviation)) {
    return abbreviation;
  }
  if (Array.isArray(abbreviation) || isJsonObject(abbreviation)) {
    return select<unknown>({ options: abbreviation, description });
  }
  throw new TypeError(
    `Expected \`${description}\` to stand for a control, got \`${shownValue(abbreviation)}\``,
  );
}

export function isControl(value: unknown): value is Control {
  return isJsonObject(value) && modelOf(value) !== undefined && "value" in value;
}

function isRange(value: unknown): value is [number, number, number?] {
  return (
    Array.isArray(value) &&
    (value.length === 2 || value.length === 3) &&
    value.every((element) => typeof element === "number")
  );
}

function rangeAround(value: number): { min: number; max: number } {
  if (value === 0) {
    return { min: 0, max: 1 };
  }
  return value > 0 ? { min: -value, max: 3 * value } : { min: 3 * value, max: -value };
}
