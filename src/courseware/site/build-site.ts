import { readFileSync } from "node:fs";
import path from "node:path";
import { isCodeCell, type Notebook } from "../../document/notebook.js";
import { inFile, parseNotebook } from "../../document/parse-notebook.js";
import { saveFile } from "../../runner/files/replace-file.js";
import { sourceOf } from "../chapter.js";
import { createHighlight, type Highlight } from "./highlight.js";
import { markdownRenderer, type Rendered } from "./markdown.js";
import { outputsHtml } from "./outputs-html.js";
import { type PageContent, pageHtml } from "./page-html.js";
import { otherFiles, type SitePage, sitePages } from "./pages.js";
import { siteScript } from "./site-script.js";
import { siteStyle } from "./site-style.js";

interface Made extends PageContent {
  readonly sections: Rendered["sections"];
}

/**
 * Writes a course as a site of static pages, which can be opened as files: its texts, its chapters with their stored outputs
 * folded, navigation, search, a light and a dark theme. Gives the addresses of the pages. Needs the package `shiki`.
 */
export async function buildSite(folder: string, target: string): Promise<string[]> {
  const highlight = await createHighlight();
  const render = markdownRenderer(highlight);
  const made = sitePages(folder).map((page) => {
    const text = readFileSync(path.join(folder, page.source), "utf8");
    return page.source.endsWith(".ipynb")
      ? notebookPage(
          page,
          inFile(page.source, () => parseNotebook(text)),
          render,
          highlight,
        )
      : contentOf(page, [render(text)]);
  });
  const write = (address: string, content: string | Buffer) => saveFile(path.join(target, address), content);
  for (const content of made) {
    await write(content.page.address, pageHtml(content, made));
  }
  for (const file of otherFiles(folder)) {
    await write(file, readFileSync(path.join(folder, file)));
  }
  await write("style.css", siteStyle);
  await write("site.js", siteScript);
  await write("search.js", searchScript(made));
  return made.map(({ page }) => page.address);
}

function notebookPage(
  page: SitePage,
  { cells }: Notebook,
  render: (markdown: string) => Rendered,
  highlight: Highlight,
): Made {
  const parts = cells.map((cell): Rendered => {
    if (!isCodeCell(cell)) {
      return render(sourceOf(cell));
    }
    const name = cell.metadata.tags?.includes("exercise") ? "cell exercise" : "cell";
    const code = highlight(sourceOf(cell), "typescript");
    return { html: `<div class="${name}">${code}${outputsHtml(cell.outputs)}</div>`, sections: [] };
  });
  return contentOf(page, parts);
}

function contentOf(page: SitePage, parts: readonly Rendered[]): Made {
  const sections = parts.flatMap((part) => part.sections);
  const title = sections.find((section) => section.title !== "")?.title ?? page.source;
  return { page, title, body: parts.map(({ html }) => html).join("\n"), sections };
}

/** A script rather than JSON: a page that is opened as a file may load the one, but not the other. */
function searchScript(made: readonly Made[]): string {
  const entries = made.flatMap(({ page, title, sections }) =>
    sections.map((section) => ({
      address: section.anchor === "" ? page.address : `${page.address}#${section.anchor}`,
      page: title,
      title: section.title || title,
      text: section.text,
    })),
  );
  return `window.poolbookSearch = ${JSON.stringify(entries)};\n`;
}
