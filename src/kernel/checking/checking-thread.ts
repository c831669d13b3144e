import { parentPort, workerData } from "node:worker_threads";
import type { JsonObject } from "../../jupyter/json-object.js";
import { createLanguage, type Language, type NotebookChecker, TypeChecker } from "../../language/index.js";
import { cellSurroundings } from "../cell-surroundings.js";
import { replyTo } from "../questions/code-replies.js";
import { answer, failure } from "./language-answers.js";
import type { CheckingData, LanguageAnswer, LanguageQuestion, TextQuestion } from "./language-messages.js";

// A thread that checks what is typed, and answers for the main thread while that computes; it has a compiler of its own,
// so that it waits for no cell and no cell for it.

const { directory, javascript, settings }: CheckingData = workerData;
let checker: NotebookChecker | undefined;
let language: Language | undefined;

parentPort?.on("message", (message: LanguageQuestion | TextQuestion) => {
  const content = "question" in message ? answerText(message) : answerCells(message);
  parentPort?.postMessage({ id: message.id, content } satisfies LanguageAnswer);
});

function answerCells({ content }: LanguageQuestion): JsonObject {
  checker ??= new TypeChecker(cellSurroundings).notebook({ directory, javascript, settings });
  return answer(checker, content);
}

function answerText({ question, session: { declarations, sources } }: TextQuestion): JsonObject {
  language ??= createLanguage({ directory, javascript, settings, ...cellSurroundings });
  try {
    return replyTo(question, language, { declarations, sources: new Map(sources) });
  } catch (error) {
    return failure(error);
  }
}
