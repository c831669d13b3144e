import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { linkTargets, readChapter, readChapters } from "#dist/courseware/chapter.js";
import { cellProblems } from "#dist/courseware/house-rules/cell-rules.js";
import { houseRuleProblems } from "#dist/courseware/house-rules/house-rules.js";
import { courseNotebooks, notebooks } from "./helpers/executed-notebook.js";
import { poolbook } from "./helpers/poolbook.js";

// How the notebooks are made. What they do when they run is tested in the folder `notebooks`.

const documents = ["README.md", "troubleshooting.md", "glossary.md"];

describe("the course", () => {
  test("keeps the rules of the house", () => {
    assert.deepEqual(houseRuleProblems(readChapters(notebooks)), []);
    assert.deepEqual(cellProblems(readChapter(path.join(notebooks, "solutions/solutions.ipynb"))), []);
  });

  test("has nothing in a notebook's metadata but its kernel and how it is checked", () => {
    for (const { notebook } of readChapters(notebooks)) {
      const { poolbook: _rules, ...others } = notebook.metadata;
      assert.deepEqual(others, {
        kernelspec: { display_name: "TypeScript (tslab)", language: "typescript", name: "tslab" },
      });
    }
  });

  test("has the type errors that its cells name, and no others", async () => {
    const { code, stdout, stderr } = await poolbook(["typecheck", notebooks]);
    assert.equal(code, 0, `${stdout}${stderr}`);
  });

  test("lists every chapter in its README", () => {
    const text = readFileSync(path.join(notebooks, "README.md"), "utf8");
    for (const name of courseNotebooks()) {
      assert.ok(text.includes(`](${name})`), name);
    }
  });

  for (const document of documents) {
    test(`${document} has links that lead somewhere`, () => {
      const text = readFileSync(path.join(notebooks, document), "utf8");
      for (const link of linkTargets(text)) {
        assert.ok(link.startsWith("https:") || existsSync(path.join(notebooks, link)), link);
      }
    });
  }
});
