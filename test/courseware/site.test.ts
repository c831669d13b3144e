import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { before, describe, test } from "node:test";
import { buildSite } from "#dist/courseware/site/build-site.js";
import { courseNotebooks, notebooks } from "../helpers/executed-notebook.js";

const site = path.resolve(import.meta.dirname, "../../site");

describe("the site of the course", () => {
  let addresses: string[] = [];
  const html = (address: string) => readFileSync(path.join(site, address), "utf8");
  before(async () => {
    addresses = await buildSite(notebooks, site);
  });

  test("has a page for each chapter and text", () => {
    const chapters = courseNotebooks().map((name) => name.replace(".ipynb", ".html"));
    assert.deepEqual(addresses.slice(0, chapters.length + 1), ["index.html", ...chapters]);
    assert.ok(addresses.includes("glossary.html") && addresses.includes("troubleshooting.html"));
  });

  test("has links that lead to its own files, and asks no server for anything", () => {
    for (const address of addresses) {
      const page = html(address);
      for (const [, target = ""] of page.matchAll(/(?:href|src)="([^"#:]+)(?:#[^"]*)?"/g)) {
        assert.ok(existsSync(path.join(site, path.dirname(address), target)), `${address}: ${target}`);
      }
      assert.doesNotMatch(page, /<(script|link|img)[^>]+(src|href)="https?:/);
    }
  });

  test("folds every stored output", () => {
    const page = html("00-pool-map.html");
    const shown = page.indexOf("The squares of 1 to 5000 sum to 41679167500");
    const fold = page.lastIndexOf('<details class="answer"><summary>Show the answer</summary>', shown);
    assert.ok(shown > 0 && fold > 0 && !page.slice(fold, shown).includes("</details>"));
  });

  test("shows pictures, with a table beside each", () => {
    const page = html("04-exercise.html");
    assert.equal(page.match(/<div class="poolbook-timeline"><svg/g)?.length, 3);
    assert.equal(page.match(/<summary>The same as a table<\/summary>/g)?.length, 3);
  });

  test("colours code for both themes", () => {
    assert.match(html("01-apply.html"), /--shiki-light:[^"]+--shiki-dark:/);
  });

  test("finds sections by their words", () => {
    const window: { poolbookSearch?: { address: string; text: string }[] } = {};
    new Function("window", readFileSync(path.join(site, "search.js"), "utf8"))(window);
    const found = window.poolbookSearch?.filter(({ text }) => text.includes("back-pressure")) ?? [];
    assert.ok(found.some(({ address }) => address === "05-queue.html#back-pressure"));
  });
});
