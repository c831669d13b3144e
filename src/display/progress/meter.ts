import { findKernel } from "../../jupyter/kernel-seam.js";
import type { MeterFace } from "./meter-face.js";
import { textMeter } from "./text-meter.js";
import { widgetMeter } from "./widget-meter.js";

export interface Meter {
  step(): void;
  moveTo(count: number, total: number | undefined): void;
  /** Shows the last count; `isDone` says that nothing is left. */
  end(isDone: boolean): void;
}

const interval = 100;

/** A meter that shows itself at most ten times a second, and from the first step on. */
export function openMeter(total: number | undefined, description = ""): Meter {
  let count = 0;
  let of = total;
  let last = Number.NEGATIVE_INFINITY;
  let face: MeterFace | undefined;
  const open = () => {
    face ??= findKernel()?.isWatched() ? widgetMeter(description) : textMeter(description);
    return face;
  };
  const show = () => {
    const now = performance.now();
    if (now - last >= interval) {
      last = now;
      open().show(count, of);
    }
  };
  show();
  return {
    step() {
      count++;
      show();
    },
    moveTo(newCount, newTotal) {
      count = newCount;
      of = newTotal;
      show();
    },
    end: (isDone) => open().end(count, isDone && of !== undefined && of < count ? count : of, isDone),
  };
}
