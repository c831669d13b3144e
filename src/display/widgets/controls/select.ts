import { isJsonObject, type JsonObject } from "../../../jupyter/json-object.js";
import { shownValue } from "../../shown-value.js";
import { createWidget } from "../create-widget.js";
import type { WidgetKind } from "../widget-kind.js";
import type { Widget } from "../widget-types.js";
import { type ControlOptions, type ControlTraits, controlKind, layoutState } from "./control-kind.js";
import { given } from "./numbers.js";

/** The things to choose from: values, pairs of a label and a value, or values by their labels. */
export type Choices<T> =
  | readonly (readonly [label: string, value: T])[]
  | readonly T[]
  | Readonly<Record<string, T>>;

export interface SelectTraits<T> extends ControlTraits {
  /** Default: the first. Of any type; it does not leave the kernel. */
  value: T;
  options: Choices<T>;
}

export interface SelectOptions<T> extends ControlOptions {
  readonly options: Choices<T>;
  readonly value?: T;
}

/** A list to choose one thing from, after ipywidgets' Dropdown. Throws a RangeError when `value` is not in it. */
export function select<const T>(
  options: {
    options: readonly (readonly [label: string, value: T])[];
    value?: T;
  } & ControlOptions,
): Widget<SelectTraits<T>>;
export function select<const T>(options: SelectOptions<T>): Widget<SelectTraits<T>>;
export function select<T>({ layout, ...options }: SelectOptions<T>): Widget<SelectTraits<T>> {
  const [first] = choicesOf(options.options);
  const defaults = { value: first?.[1] as T, description: "", disabled: false };
  const traits: SelectTraits<T> = { ...defaults, ...given(options), options: options.options };
  return createWidget({ ...dropdown, front: { ...dropdown.front, ...layoutState(layout) } }, traits);
}

const plain = controlKind("Dropdown");

/** The front end knows the labels and the index. */
const dropdown: WidgetKind = {
  ...plain,
  toFront({ value: _, options: __, ...changes }: JsonObject, all: JsonObject) {
    const choices = choicesOf(all.options);
    const index = choices.findIndex(([, value]) => Object.is(value, all.value));
    return {
      ...plain.toFront(changes, all),
      _options_labels: choices.map(([label]) => label),
      index: index < 0 ? null : index,
    };
  },
  fromFront(state: JsonObject, all: JsonObject) {
    const { index, ...others } = state;
    const choice = typeof index === "number" ? choicesOf(all.options)[index] : undefined;
    return { ...plain.fromFront(others, all), ...(choice && { value: choice[1] }) };
  },
  check({ options, value }: JsonObject) {
    const choices = choicesOf(options);
    if (choices.length > 0 && !choices.some(([, choice]) => Object.is(choice, value))) {
      throw new RangeError(`Expected \`value\` to be one of the options, got \`${shownValue(value)}\``);
    }
  },
};

/** Labels and values. Throws a TypeError for what is neither a list nor an object. */
function choicesOf(options: unknown): [label: string, value: unknown][] {
  if (Array.isArray(options)) {
    return options.every(isPair)
      ? options.map(([label, value]) => [label, value])
      : options.map((value) => [String(value), value]);
  }
  if (isJsonObject(options)) {
    return Object.entries(options);
  }
  throw new TypeError(`Expected \`options\` to be a list or an object, got \`${shownValue(options)}\``);
}

function isPair(value: unknown): value is [string, unknown] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "string";
}
