import { parentPort, workerData } from "node:worker_threads";
import { TypeChecker } from "../../language/index.js";
import { cellSurroundings } from "../cell-surroundings.js";
import { answer } from "./language-answers.js";
import type { CheckingData, LanguageAnswer, LanguageQuestion } from "./language-messages.js";

// A thread that checks what is typed; it has a compiler of its own, so that it waits for no cell and no cell for it.

const { directory, javascript, settings }: CheckingData = workerData;
const checker = new TypeChecker(cellSurroundings).notebook({ directory, javascript, settings });
parentPort?.on("message", ({ id, content }: LanguageQuestion) => {
  parentPort?.postMessage({ id, content: answer(checker, content) } satisfies LanguageAnswer);
});
