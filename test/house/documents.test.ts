import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";

const documents = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(file));

for (const document of documents) {
  const text = readFileSync(document, "utf8");

  describe(document, () => {
    test("has links that lead somewhere, to headings too", () => {
      const targets = [...text.matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)].map(([, target = ""]) => target);
      assert.deepEqual(
        targets.filter((target) => !leadsSomewhere(document, target)),
        [],
      );
    });

    test("names files and folders that exist", () => {
      const named = [...text.matchAll(/`((?:src|test|\.github|\.ci)\/[\w./-]*)`/g)].map(
        ([, name = ""]) => name,
      );
      assert.deepEqual(
        named.filter((name) => !existsSync(name)),
        [],
      );
    });
  });
}

function leadsSomewhere(document: string, target: string): boolean {
  const [file = "", heading] = target.split("#");
  const found = file === "" ? document : path.join(path.dirname(document), file);
  if (!existsSync(found)) {
    return false;
  }
  return heading === undefined || headingsOf(readFileSync(found, "utf8")).includes(heading);
}

/** The anchors that GitHub gives to the headings of a text. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
