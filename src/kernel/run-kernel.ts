import { createLanguage } from "../language/index.js";
import { cellSurroundings } from "./cell-surroundings.js";
import { startKernel } from "./executor/start-kernel.js";
import type { Launched } from "./launch.js";

/** Lets a kernel that was launched run cells. */
export function runKernel({ javascript, settings, ...launched }: Launched): void {
  const language = createLanguage({ javascript, ...cellSurroundings, settings });
  startKernel({ ...launched, language, javascript });
}
