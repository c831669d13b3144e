const tagPattern = /<(?:!--[\s\S]*?-->|[^"'<>]*(?:"[^"]*"[^"'<>]*|'[^']*'[^"'<>]*)*)>/g;
const attribute = /([^\s=/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g;

/**
 * HTML or XML with one tag or text on each line, attributes in order of their names and in double quotes, and white space
 * squeezed: texts that a browser shows the same way and that are written the same way up to that are equal.
 */
export function canonicalMarkup(markup: string): string {
  const lines: string[] = [];
  let end = 0;
  for (const match of markup.matchAll(tagPattern)) {
    lines.push(squeezed(markup.slice(end, match.index)), canonicalTag(match[0]));
    end = match.index + match[0].length;
  }
  lines.push(squeezed(markup.slice(end)));
  return lines.filter((line) => line !== "").join("\n");
}

function canonicalTag(tag: string): string {
  const [, open = "", body = "", close = ""] = /^(<[/?!]?[^\s/>]*)([\s\S]*?)(\s*[/?]?>)$/.exec(tag) ?? [];
  if (open === "" || tag.startsWith("<!")) {
    return squeezed(tag);
  }
  const attributes = [...body.matchAll(attribute)].map(([, name, value]) =>
    value === undefined
      ? name
      : `${name}="${value.replace(/^(["'])([\s\S]*)\1$/, "$2").replaceAll('"', "&quot;")}"`,
  );
  return [open, ...attributes.sort()].join(" ") + close.trim();
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
