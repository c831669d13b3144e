import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { findKernel, type KernelSeam } from "../../jupyter/kernel-seam.js";
import { vbox } from "./box.js";
import { type Abbreviation, type ControlValue, controlFor, isControl } from "./interact-controls.js";

type Values<Controls> = { -readonly [Name in keyof Controls]: ControlValue<Controls[Name]> };

/**
 * Shows a control for each member of `controls`, and below them what `fn` returns for their values, now and whenever one
 * of them changes; after ipywidgets' `interact`. A later error of `fn` stands in the place of the value; the first one
 * is thrown. While a promise of `fn` is pending, changes wait, and only the last one counts; then this returns a promise
 * of the first value's being shown. Where no kernel runs this code, `fn` is called once and its value is printed.
 *
 * Throws a TypeError for a member that stands for no control.
 *
 * @example
 * interact(({ n, isLoud }) => (isLoud ? `${n}!` : n), { n: [1, 10], isLoud: false });
 */
export function interact<const Controls extends Readonly<Record<string, Abbreviation>>, R>(
  fn: (values: Values<Controls>) => R,
  controls: Controls,
): R extends PromiseLike<unknown> ? Promise<void> : void;
export function interact(fn: (values: never) => unknown, controls: object): Promise<void> | void {
  const widgets = Object.entries(controls).map(
    ([name, abbreviation]) => [name, controlFor(name, abbreviation)] as const,
  );
  const call = (): unknown => {
    const values = widgets.map(([name, widget]) => [name, isControl(widget) ? widget.value : undefined]);
    return fn(Object.fromEntries(values) as never);
  };
  const kernel = findKernel();
  kernel?.display(vbox(widgets.map(([, widget]) => widget)), {});
  const place = placeFor(kernel);
  const first = call();
  const shown = isPromise(first) ? first.then(place.show) : place.show(first);
  const renew = latest(call, place);
  for (const [, widget] of widgets) {
    if (isControl(widget)) {
      widget.observe(renew, "value");
    }
  }
  return shown instanceof Promise ? shown : undefined;
}

interface Place {
  show(value: unknown): void;
  fail(error: unknown): void;
}

/** The place below the controls. */
function placeFor(kernel: KernelSeam | undefined): Place {
  const displayId = randomUUID();
  let update = false;
  const display = (value: unknown, raw: boolean) => {
    kernel?.display(value, { displayId, update, raw });
    update = true;
  };
  return {
    show(value) {
      if (!kernel) {
        console.log(value);
      } else {
        display(value === undefined ? { "text/plain": "" } : value, value === undefined);
      }
    },
    fail(error) {
      const text = inspect(error);
      display({ "application/vnd.jupyter.stderr": text, "text/plain": text }, true);
    },
  };
}

/** Calls and shows; what comes while a promise is pending is one more call after it. */
function latest(call: () => unknown, place: Place): () => Promise<void> {
  let isRunning = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    while (isWanted && !isRunning) {
      isWanted = false;
      isRunning = true;
      try {
        const value = call();
        place.show(isPromise(value) ? await value : value);
      } catch (error) {
        place.fail(error);
      } finally {
        isRunning = false;
      }
    }
  };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}
