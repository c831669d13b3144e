import { randomUUID } from "node:crypto";
import { findKernel } from "../../jupyter/kernel-seam.js";
import { hbox } from "../widgets/box.js";
import { progressBar } from "../widgets/controls/numbers.js";
import { label } from "../widgets/label.js";
import { barText, countText } from "./count-text.js";
import type { MeterFace } from "./meter-face.js";

/** A bar of ipywidgets with its count, and the time that is left while that can be guessed. */
export function widgetMeter(description: string): MeterFace {
  const bar = progressBar({ description, max: 1 });
  const caption = label("");
  const box = hbox([bar, caption]);
  const displayId = randomUUID();
  const start = performance.now();
  let update = false;
  /** The text is what a notebook keeps where it shows no widgets. */
  const display = (count: number, total: number | undefined) => {
    const bundle: object = Reflect.apply(Reflect.get(box, Symbol.for("Jupyter.display")), box, []);
    const text = { "text/plain": barText(description, count, total) };
    findKernel()?.display({ ...bundle, ...text }, { raw: true, displayId, update });
    update = true;
  };
  const move = (count: number, total: number | undefined, ending: string) => {
    bar.set({ max: total || 1, value: total === 0 ? 1 : Math.min(count, total ?? 0) });
    caption.value = countText(count, total) + ending;
  };
  return {
    show(count, total) {
      move(count, total, timeLeft(count, total, performance.now() - start));
      if (!update) {
        display(count, total);
      }
    },
    end(count, total, isDone) {
      move(count, total ?? count, "");
      bar.barStyle = isDone ? "success" : "danger";
      display(count, total);
    },
  };
}

function timeLeft(count: number, total: number | undefined, elapsed: number): string {
  if (total === undefined || count === 0 || elapsed < 1000) {
    return "";
  }
  const seconds = Math.ceil(((total - count) * elapsed) / count / 1000);
  return `, ${seconds} s left`;
}
