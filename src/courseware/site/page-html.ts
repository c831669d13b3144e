import { escapeHtml } from "./escape-html.js";
import type { SitePage } from "./pages.js";

export interface PageContent {
  readonly page: SitePage;
  readonly title: string;
  readonly body: string;
}

/** A whole page: the way through the course at its side, search and theme at its top. */
export function pageHtml({ page, title, body }: PageContent, all: readonly PageContent[]): string {
  const root = "../".repeat(page.address.split("/").length - 1);
  const course = all[0]?.title ?? title;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page === all[0]?.page ? title : `${title} · ${course}`)}</title>
<link rel="stylesheet" href="${root}style.css">
<script>document.documentElement.dataset.theme = themeOf(); function themeOf() { try { return localStorage.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"); } catch { return "light"; } }</script>
</head>
<body data-root="${root}">
<a class="skip" href="#content">To the text</a>
<header>
<details class="menu"><summary>Chapters</summary><nav aria-label="Chapters">${chapterList(page, all, root)}</nav></details>
<a class="home" href="${root}index.html">${escapeHtml(course)}</a>
<div class="search" role="search"><input type="search" placeholder="Search" aria-label="Search the course" autocomplete="off"><ul hidden aria-label="Found"></ul></div>
<button type="button" class="theme" aria-label="Dark or light">◐</button>
</header>
<div class="columns">
<nav class="side" aria-label="Chapters">${chapterList(page, all, root)}</nav>
<main id="content">${body}</main>
</div>
<script src="${root}search.js"></script>
<script src="${root}site.js"></script>
</body>
</html>
`;
}

function chapterList(page: SitePage, all: readonly PageContent[], root: string): string {
  const entries = all.map(({ page: other, title }) => {
    const current = other === page ? ' aria-current="page"' : "";
    return `<li><a href="${root}${other.address}"${current}>${escapeHtml(title)}</a></li>`;
  });
  return `<ol>${entries.join("")}</ol>`;
}
