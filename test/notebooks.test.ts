import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { courseNotebooks, notebooks } from "./helpers/executed-notebook.js";

// How the notebooks are made. What they do when they run is tested in the folder `notebooks`.

interface Cell {
  cell_type: string;
  id: string;
  metadata: object;
  source: string[];
}

const documents = ["README.md", "troubleshooting.md", "glossary.md"];

function read(name: string): { cells: Cell[]; metadata: object; nbformat: number; nbformat_minor: number } {
  return JSON.parse(readFileSync(path.join(notebooks, name), "utf8"));
}

function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target);
}

for (const name of [...courseNotebooks(), "solutions/solutions.ipynb"]) {
  describe(name, () => {
    const { cells, metadata, nbformat, nbformat_minor } = read(name);

    test("is nbformat 4.5, with nothing in its metadata but its kernel and how it is checked", () => {
      assert.deepEqual([nbformat, nbformat_minor], [4, 5]);
      const { poolbook: _rules, ...others } = metadata as { poolbook?: object };
      assert.deepEqual(others, {
        kernelspec: { display_name: "TypeScript (tslab)", language: "typescript", name: "tslab" },
      });
      for (const cell of cells) {
        assert.ok(
          Object.keys(cell.metadata).every((key) => key === "tags" || key === "poolbook"),
          cell.id,
        );
      }
    });

    test("has cell ids that were given by hand, each once", () => {
      const ids = cells.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ids) {
        assert.match(id, /^[a-z][A-Za-z]*(-[a-z0-9]+)+$/);
      }
    });

    test("has cells of at most 16 lines, and text before each of them", () => {
      for (const { cell_type, id, source } of cells) {
        if (cell_type === "code") {
          assert.ok(source.length <= 16, `${id} has ${source.length} lines`);
        }
      }
      assert.equal(cells[0]?.cell_type, "markdown");
    });

    test("has links that lead somewhere", () => {
      const links = cells
        .filter((cell) => cell.cell_type === "markdown")
        .flatMap(({ source }) => linksOf(source.join("")));
      assert.ok(links.length > 0);
      for (const link of links) {
        assert.ok(
          link.startsWith("https:") || existsSync(path.join(notebooks, path.dirname(name), link)),
          link,
        );
      }
    });
  });
}

describe("the chapter", () => {
  const names = courseNotebooks();

  test("leads from each notebook to the next and back", () => {
    names.forEach((name, index) => {
      const { cells } = read(name);
      for (const cell of [cells[0], cells.at(-1)]) {
        const links = linksOf(cell?.source.find((line) => line.includes("[Up: the course]")) ?? "");
        const wanted = [names[index - 1], "README.md", names[index + 1]].filter((link) => link !== undefined);
        assert.deepEqual(links, wanted, name);
      }
    });
  });

  test("says in each notebook what is learned, needed and taken along", () => {
    for (const name of names) {
      const text = read(name)
        .cells.filter((cell) => cell.cell_type === "markdown")
        .map(({ source }) => source.join(""))
        .join("\n");
      for (const heading of [
        "**What you will learn**",
        "**What you need**",
        "**How long**",
        "## Key points",
        "**Try next**",
        "## Exercise",
      ]) {
        assert.ok(
          text.includes(heading) || (heading === "## Exercise" && name === "04-exercise.ipynb"),
          `${name}: ${heading}`,
        );
      }
    }
  });

  for (const document of documents) {
    test(`${document} has links that lead somewhere`, () => {
      const text = readFileSync(path.join(notebooks, document), "utf8");
      for (const link of linksOf(text)) {
        assert.ok(link.startsWith("https:") || existsSync(path.join(notebooks, link)), link);
      }
    });
  }
});
