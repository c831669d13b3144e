import { createHighlighter } from "shiki";
import { escapeHtml } from "./escape-html.js";

/** Code as HTML with the colours of both themes; the style of the site chooses. */
export type Highlight = (code: string, language: string) => string;

const languages = ["typescript", "javascript", "bash", "python", "json"];

export async function createHighlight(): Promise<Highlight> {
  const themes = { light: "github-light-high-contrast", dark: "github-dark-high-contrast" } as const;
  const highlighter = await createHighlighter({ themes: Object.values(themes), langs: languages });
  return (code, language) => {
    const lang = { ts: "typescript", js: "javascript", sh: "bash" }[language] ?? language;
    return languages.includes(lang)
      ? highlighter.codeToHtml(code.replace(/\n$/, ""), { lang, themes, defaultColor: false })
      : `<pre><code>${escapeHtml(code)}</code></pre>`;
  };
}
