import MarkdownIt from "markdown-it";
import { type Cell, joinLines } from "../../document/notebook.js";
import { recordOf } from "../../document/record.js";
import { codeHtml } from "./code-html.js";
import { safeHtml } from "./safe-html.js";

/** `$$…$$` and `$…$`, the inner text as it is. */
const formula = /\$\$[\s\S]+?\$\$|\$(?!\s)(?:\\.|[^\\$\n])+?(?<!\s)\$(?!\d)/y;

/** A Markdown cell as HTML, with the pictures it holds; `embed` finds those in files. */
export function markdownHtml(cell: Cell, embed: (address: string) => string | undefined): string {
  const attachments = recordOf(cell.attachments);
  const html = renderer().render(joinLines(cell.source));
  return safeHtml(html, {
    embed: (address) =>
      address.startsWith("attachment:")
        ? attachmentUrl(recordOf(attachments[decoded(address.slice("attachment:".length))]))
        : embed(address),
  });
}

function attachmentUrl(bundle: Record<string, unknown>): string | undefined {
  const [type, data] = Object.entries(bundle)[0] ?? [];
  return type === undefined ? undefined : `data:${type};base64,${joined(data).replace(/\s/g, "")}`;
}

function joined(value: unknown): string {
  return Array.isArray(value) ? value.join("") : String(value);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function renderer(): InstanceType<typeof MarkdownIt> {
  const markdown = new MarkdownIt({
    html: true,
    linkify: true,
    highlight: (code, language) => codeHtml(code, language),
  });
  // Harmful addresses are taken out when all of the HTML is looked through.
  markdown.validateLink = () => true;
  markdown.inline.ruler.before("escape", "formula", (state, silent) => {
    formula.lastIndex = state.pos;
    const [text] = formula.exec(state.src) ?? [];
    if (text === undefined) {
      return false;
    }
    if (!silent) {
      state.push("formula", "code", 0).content = text;
    }
    state.pos += text.length;
    return true;
  });
  markdown.renderer.rules.formula = (tokens, index) =>
    `<code class="formula">${markdown.utils.escapeHtml(tokens[index]?.content ?? "")}</code>`;
  markdown.core.ruler.push("anchors", ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type === "heading_open") {
        token.attrSet("id", anchorOf(tokens[index + 1]?.children ?? []));
      }
    }
  });
  return markdown;
}

/** As Jupyter names them. */
function anchorOf(tokens: readonly { content: string }[]): string {
  const text = tokens.map(({ content }) => content).join("");
  return text.trim().replace(/\s+/g, "-");
}
