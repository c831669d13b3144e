import { isCodeCell, type MultilineString } from "../../document/notebook.js";
import { type Chapter, linkTargets, type Problem, sourceOf } from "../chapter.js";

const parts = [
  "**What you will learn**",
  "**What you need**",
  "**How long**",
  "## Key points",
  "**Try next**",
];

/** Rules for a chapter as a whole: what it says of itself, and how its exercises are made. */
export function chapterProblems(chapter: Chapter): Problem[] {
  const { file, notebook } = chapter;
  const text = notebook.cells
    .filter((cell) => !isCodeCell(cell))
    .map(sourceOf)
    .join("\n");
  const missing = parts.filter((part) => !text.includes(part));
  return [
    ...missing.map((part) => ({ file, message: `The notebook does not say ${part}` })),
    ...exerciseProblems(chapter),
  ];
}

/** Rules for the way from one chapter to the next: `Up` leads to README.md, and every notebook names its neighbours. */
export function navigationProblems(chapters: readonly Chapter[]): Problem[] {
  return chapters.flatMap(({ file, notebook }, index) => {
    const wanted = [nameOf(chapters[index - 1]), "README.md", nameOf(chapters[index + 1])].filter(Boolean);
    return [notebook.cells[0], notebook.cells.at(-1)].flatMap((cell, end) => {
      const line =
        cell &&
        sourceOf(cell)
          .split("\n")
          .find((text) => text.includes("[Up: "));
      const found = linkTargets(line ?? "");
      return found.join() === wanted.join()
        ? []
        : [
            {
              file,
              cell: cell?.id ?? (end === 0 ? "number 1" : "the last"),
              message: `The line with \`[Up: …]\` should lead to ${wanted.join(", ")}, and leads to ${found.join(", ") || "nothing"}`,
            },
          ];
    });
  });
}

function exerciseProblems({ file, notebook }: Chapter): Problem[] {
  const ids = new Set(notebook.cells.map(({ id }) => id));
  const exercises = notebook.cells.filter(({ id }) => id?.endsWith("-exercise"));
  if (exercises.length === 0) {
    return [{ file, message: "The notebook has no exercise: a cell `NAME-exercise`" }];
  }
  return exercises.flatMap(({ id = "", metadata }) => {
    const name = id.slice(0, -"-exercise".length);
    const problem = (cell: string, message: string) => ({ file, cell, message });
    const problems = ["check", "hints"]
      .filter((part) => !ids.has(`${name}-${part}`))
      .map((part) => problem(id, `The exercise has no cell \`${name}-${part}\``));
    if (!metadata.tags?.includes("exercise")) {
      problems.push(problem(id, "The cell is not tagged `exercise`"));
    }
    const check = notebook.cells.find((cell) => cell.id === `${name}-check`);
    if (check && isCodeCell(check) && check.outputs.length > 0) {
      const shown = check.outputs.map((output) => ("text" in output ? joined(output.text) : "")).join("");
      if (!shown.startsWith(`○ ${name}: not attempted`)) {
        problems.push(
          problem(`${name}-check`, "The stored output is not that of an exercise nobody has attempted"),
        );
      }
    }
    return problems;
  });
}

function nameOf(chapter: Chapter | undefined): string | undefined {
  return chapter && `${chapter.name}.ipynb`;
}

function joined(text: MultilineString): string {
  return typeof text === "string" ? text : text.join("");
}
