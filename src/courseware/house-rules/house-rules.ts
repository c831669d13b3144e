import type { Chapter, Problem } from "../chapter.js";
import { cellProblems } from "./cell-rules.js";
import { chapterProblems, navigationProblems } from "./chapter-rules.js";

/** All that the chapters of a course break of the rules of the house; README.md of this part has them in words. */
export function houseRuleProblems(chapters: readonly Chapter[]): Problem[] {
  return [
    ...chapters.flatMap((chapter) => [...cellProblems(chapter), ...chapterProblems(chapter)]),
    ...navigationProblems(chapters),
  ];
}
