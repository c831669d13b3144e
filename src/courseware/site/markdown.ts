import MarkdownIt from "markdown-it";
import type { Highlight } from "./highlight.js";
import { addressOf } from "./pages.js";

export interface Rendered {
  readonly html: string;
  /** Its headings, with the text below each. */
  readonly sections: readonly { readonly title: string; readonly anchor: string; readonly text: string }[];
}

/** A renderer for the texts of a course: links lead to pages, headings can be linked to, code has colours. */
export function markdownRenderer(highlight: Highlight): (markdown: string) => Rendered {
  const markdown = new MarkdownIt({
    html: false,
    linkify: false,
    highlight: (code, language) => highlight(code, language),
  });
  return (text) => {
    const tokens = markdown.parse(text, {});
    const sections: Section[] = [];
    tokens.forEach((token, index) => {
      const inline = tokens[index + 1];
      if (token.type === "heading_open" && inline) {
        const title = plain(inline.children ?? []);
        const anchor = anchorOf(title);
        token.attrSet("id", anchor);
        sections.push({ title, anchor, text: "" });
      } else if (token.type === "inline") {
        turnLinks(token.children ?? []);
        if (tokens[index - 1]?.type !== "heading_open") {
          addText(sections, plain(token.children ?? []));
        }
      }
    });
    return { html: markdown.renderer.render(tokens, markdown.options, {}), sections };
  };
}

type Section = { title: string; anchor: string; text: string };

function addText(sections: Section[], text: string): void {
  if (sections.length === 0) {
    sections.push({ title: "", anchor: "", text: "" });
  }
  const section = sections.at(-1);
  if (section) {
    section.text = `${section.text} ${text}`.trim();
  }
}

type Token = ReturnType<InstanceType<typeof MarkdownIt>["parse"]>[number];

function turnLinks(tokens: readonly Token[]): void {
  for (const token of tokens) {
    const target = token.attrGet("href");
    if (token.type === "link_open" && typeof target === "string" && !/^[a-z]+:|^#/.test(target)) {
      const [file = "", ...anchor] = target.split("#");
      token.attrSet("href", [addressOf(file), ...anchor].join("#"));
    }
  }
}

function plain(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content }) => (type === "softbreak" || type === "hardbreak" ? " " : content))
    .join("");
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replace(/\s+/g, "-");
}
