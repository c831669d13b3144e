import type { SetupStep } from "../../setup/python-environment.js";

/** Shows what a set-up does: its stages as lines, and on a terminal each detail in place of the one before. */
export function setupProgress(out: NodeJS.WriteStream): (step: SetupStep) => void {
  const clear = out.isTTY ? "\r\x1b[K" : "";
  return ({ stage, detail }) => {
    if (stage !== undefined) {
      out.write(`${clear}${stage}\n`);
    } else if (out.isTTY && detail !== undefined) {
      out.write(`${clear}  ${detail.slice(0, (out.columns || 80) - 3)}`);
    }
  };
}
