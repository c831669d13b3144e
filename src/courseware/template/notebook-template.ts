import { type Cell, type Notebook, splitLines } from "../../document/notebook.js";

export interface TemplateNames {
  /** File name of the notebook without its extension. */
  readonly chapter: string;
  readonly exercise: string;
  /** File name of the chapter before, without its extension. */
  readonly previous: string | undefined;
}

/** The notebook of a new chapter: every part that a chapter has, for its author to fill in. */
export function notebookTemplate({ chapter, exercise, previous }: TemplateNames): Notebook {
  const way = `${previous === undefined ? "" : `[Previous](${previous}.ipynb) · `}[Up: the course](README.md)`;
  const part = exercise.toLowerCase();
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { display_name: "TypeScript (tslab)", language: "typescript", name: "tslab" } },
    cells: [
      markdown(
        `${part}-title`,
        `# Title: a verb and a thing\n\n${way}\n\n**What you will learn**\n\n- one thing that the learner can do afterwards;\n- another one.\n\n**What you need**: some TypeScript.\n\n**How long**: about 10 minutes to read; all cells together run for about a second.`,
      ),
      markdown(`${part}-imports-text`, "## What the notebook imports"),
      code(
        `${part}-imports`,
        `import { withPool } from "poolbook";\nimport { md } from "poolbook/display";\nimport { check, hint, score, solution } from "./${chapter}.exercises.ts";`,
      ),
      markdown(
        `${part}-run-text`,
        "## One idea\n\nA few sentences, and a question before the cell is run.\n\n*Guess before you run it:* what does the cell show?",
      ),
      code(
        `${part}-run`,
        `const squares = await withPool(2, (pool) => pool.map((x: number) => x * x, [1, 2, 3]));\nmd\`The squares are **\${squares.join(", ")}**.\``,
      ),
      markdown(`${part}-run-answer`, "The squares, in the order of the items."),
      markdown(
        `${exercise}-text`,
        "## Exercise: squares\n\nHave a pool calculate the squares of 1 to 10, and add them up. Give the sum to the check.",
      ),
      code(`${exercise}-exercise`, "let sum: number | undefined;\n// Your code goes here: it sets sum.", [
        "exercise",
      ]),
      code(`${exercise}-check`, `await check.${exercise}(sum);`),
      code(`${exercise}-hints`, `// hint("${exercise}", 1);\n// solution("${exercise}");`),
      markdown(
        `${part}-key-points`,
        "## Key points\n\n- What the learner takes along.\n\n**Try next**: something to find out without help.",
      ),
      code(`${part}-score`, `score("${chapter}");`),
      markdown(`${part}-end`, way),
    ],
  };
}

function markdown(id: string, text: string): Cell {
  return { cell_type: "markdown", id, metadata: {}, source: splitLines(text) };
}

function code(id: string, text: string, tags?: string[]): Cell {
  const metadata = tags ? { tags } : {};
  return { cell_type: "code", execution_count: null, id, metadata, outputs: [], source: splitLines(text) };
}
