import { kernelspec } from "../kernel/kernelspec.js";

export { historyVariable, settingsVariable } from "../kernel/kernelspec.js";

import type { Kernelspec } from "./found-kernelspec.js";

/** The kernelspec of poolbook's own kernel, which needs no file, with absolute paths to this Node and to the launcher. */
export function ownKernelspec(): Kernelspec {
  return { name: "tslab", ...kernelspec() };
}
