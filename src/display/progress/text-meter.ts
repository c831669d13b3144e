import { randomUUID } from "node:crypto";
import { findKernel } from "../../jupyter/kernel-seam.js";
import { barText } from "./count-text.js";
import type { MeterFace } from "./meter-face.js";

/** Text that changes in its place: in a notebook, or in a terminal; elsewhere its last state is printed. */
export function textMeter(description: string): MeterFace {
  const kernel = findKernel();
  if (!kernel) {
    return terminalMeter(description);
  }
  const displayId = randomUUID();
  let shown = "";
  const show = (count: number, total: number | undefined) => {
    const text = barText(description, count, total);
    if (text !== shown) {
      kernel.display({ "text/plain": text }, { raw: true, displayId, update: shown !== "" });
      shown = text;
    }
  };
  return { show, end: show };
}

function terminalMeter(description: string): MeterFace {
  const { stderr } = process;
  return {
    show(count, total) {
      if (stderr.isTTY) {
        stderr.write(`\r${barText(description, count, total)}`);
      }
    },
    end(count, total) {
      stderr.write(`${stderr.isTTY ? "\r" : ""}${barText(description, count, total)}\n`);
    },
  };
}
