import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { buildSite } from "#dist/courseware/site/build-site.js";
import { chromiumPath, skipWithoutChromium } from "../helpers/chromium.js";
import { notebooks } from "../helpers/executed-notebook.js";

const build = path.resolve(import.meta.dirname, "../..");
const site = path.join(build, "site-in-browser");
const screenshots = path.join(build, "screenshots");
const address = (page: string) => pathToFileURL(path.join(site, page)).href;

describe("the site, opened as files", skipWithoutChromium, () => {
  let browser: Browser;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    await buildSite(notebooks, site);
    browser = await chromium.launch({
      executablePath: chromiumPath ?? "",
      args: ["--no-sandbox", "--disable-gpu"],
    });
  });
  after(() => browser?.close());

  test("finds, and goes where it found", async () => {
    const page = await browser.newPage();
    await page.goto(address("index.html"));
    await page.keyboard.press("/");
    await page.keyboard.type("deadlock");
    await page.locator(".search li a", { hasText: "A deadlock" }).first().click();
    await page.waitForURL(/08-trouble\.html#a-deadlock$/);
    await page.close();
  });

  test("hides answers until they are asked for", async () => {
    const page = await browser.newPage();
    await page.goto(address("01-apply.html"));
    const result = page.getByText("Result is 5", { exact: false }).locator("visible=true");
    assert.equal(await result.count(), 0);
    const cell = page.locator(".cell", { hasText: "pool.apply(slowFunction, [5])" }).first();
    await cell.locator("summary").click();
    await cell.locator(".output pre").waitFor({ state: "visible" });
    await page.close();
  });

  test("shows the text and the answers without JavaScript, and nothing that does nothing then", async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(address("01-apply.html"));
    for (const needsScript of [".search", ".theme"]) {
      assert.equal(await page.locator(needsScript).isVisible(), false, needsScript);
    }
    const cell = page.locator(".cell", { hasText: "pool.apply(slowFunction, [5])" }).first();
    await cell.locator("summary").click();
    await cell.locator(".output pre").waitFor({ state: "visible" });
    await page.close();
  });

  test("is dark when it is asked to be, and stays so on the next page", async () => {
    const page = await browser.newPage();
    await page.goto(address("04-exercise.html"));
    const theme = () => page.evaluate("document.documentElement.dataset.theme");
    assert.equal(await theme(), "light");
    await page.locator("button.theme").click();
    assert.equal(await theme(), "dark");
    await page.locator(".cell summary", { hasText: "Show the answer" }).nth(3).scrollIntoViewIfNeeded();
    for (const answer of await page.locator("details.answer > summary").all()) {
      await answer.click();
    }
    await page.locator(".poolbook-timeline").first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(screenshots, "site-dark.png") });
    await page.goto(address("05-queue.html"));
    assert.equal(await theme(), "dark");
    await page.close();
  });

  for (const name of ["index.html", "03-futures.html", "04-exercise.html", "08-trouble.html"]) {
    test(`${name} fits a phone: nothing is wider than the screen, and the chapters open`, async () => {
      const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
      await page.goto(address(name));
      assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
      await page.locator(".menu summary").click();
      await page.locator(".menu a", { hasText: "Glossary" }).waitFor({ state: "visible" });
      await page.screenshot({
        path: path.join(screenshots, `site-phone-${path.basename(name, ".html")}.png`),
      });
      await page.close();
    });
  }
});
