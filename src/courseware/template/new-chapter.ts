import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { formatNotebook } from "../../document/format-notebook.js";
import { saveFile } from "../../runner/files/replace-file.js";
import { exercisesTemplate } from "./exercises-template.js";
import { notebookTemplate } from "./notebook-template.js";

/** Thrown when a new chapter cannot be made as it was asked for. */
export class NewChapterError extends Error {
  override name = "NewChapterError";
}

/**
 * Writes a notebook and the module with its exercise into a folder, and a README.md where there is none. Gives the paths of
 * the new files. Throws a NewChapterError for a name that is none, or when a file is in the way; then nothing is written.
 */
export async function newChapter(folder: string, chapter: string): Promise<string[]> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(chapter)) {
    throw new NewChapterError(
      `Expected a name such as \`09-mine\`: small letters, digits and hyphens, got \`${chapter}\``,
    );
  }
  const exercise = exerciseName(chapter);
  const files = new Map([
    [
      `${chapter}.ipynb`,
      formatNotebook(notebookTemplate({ chapter, exercise, previous: previousOf(folder, chapter) })),
    ],
    [`${chapter}.exercises.ts`, exercisesTemplate(chapter, exercise)],
  ]);
  const inTheWay = [...files.keys()].find((file) => existsSync(path.join(folder, file)));
  if (inTheWay !== undefined) {
    throw new NewChapterError(`${path.join(folder, inTheWay)} exists already`);
  }
  if (!existsSync(path.join(folder, "README.md"))) {
    files.set("README.md", `# The course\n\n- [${chapter}](${chapter}.ipynb)\n`);
  }
  for (const [file, text] of files) {
    await saveFile(path.join(folder, file), text);
  }
  return [...files.keys()].map((file) => path.join(folder, file));
}

/** `09-my-chapter` has the exercise `myChapterSum`. */
function exerciseName(chapter: string): string {
  const words = chapter.split("-").filter((word) => /^[a-z]/.test(word));
  const [first = "chapter", ...others] = words;
  return [first, ...others.map((word) => word[0]?.toUpperCase() + word.slice(1)), "Sum"].join("");
}

function previousOf(folder: string, chapter: string): string | undefined {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
    .map((name) => path.basename(name, ".ipynb"))
    .filter((name) => name < chapter)
    .sort()
    .at(-1);
}
