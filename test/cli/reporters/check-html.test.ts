import assert from "node:assert/strict";
import { test } from "node:test";
import { htmlReport } from "#dist/cli/reporters/check-html.js";
import { checkOf, differentCell } from "../../helpers/notebook-check.js";

const date = new Date("2026-11-22T10:00:00Z");

test("the page holds everything itself, and no output becomes markup or script", () => {
  const attack = `<script>alert(1)</script><img src=x onerror="alert(2)">`;
  const cell = differentCell(attack, attack.toUpperCase());
  const [difference] = cell.differences ?? [];
  assert.ok(difference);
  const pictures = { stored: `data:image/png;base64,AAAA"><script>`, fresh: "data:image/png;base64,BBBB" };
  const page = htmlReport(
    [
      checkOf(
        [
          {
            ...cell,
            id: attack,
            source: attack,
            differences: [{ ...difference, message: attack, pictures }],
          },
        ],
        {
          status: "different",
          path: `${attack}.ipynb`,
        },
      ),
      checkOf([], { status: "could-not-run", problem: attack }),
    ],
    date,
  );
  const tags = [...page.matchAll(/<(\w+)([^>]*)>/g)].map(([, name = "", attributes = ""]) => ({
    name,
    attributes,
  }));
  assert.ok(
    !tags.some(({ name, attributes }) => name.toLowerCase() === "script" || /\son\w+=/i.test(attributes)),
  );
  const sources = tags
    .filter(({ name }) => name === "img" || name === "link")
    .map(({ attributes }) => attributes);
  assert.equal(sources.length, 2);
  assert.ok(sources.every((attributes) => attributes.includes('src="data:image/png')));
  assert.match(
    page,
    /Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/,
  );
  assert.doesNotMatch(page, /https?:\/\//);
});

test("differences stand side by side, with marks beside colours", () => {
  const page = htmlReport([checkOf([differentCell("old", "new")], { status: "different" })], date);
  assert.match(
    page,
    /<tr><td class="stored"><code><span class="mark">−<\/span> old<\/code><\/td><td class="fresh"><code><span class="mark">\+<\/span> new<\/code><\/td><\/tr>/,
  );
  assert.match(page, /<td>✗ different<\/td>/);
});
