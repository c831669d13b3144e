import type ts from "typescript";

const fence = "```";

/** The comments of a symbol as Markdown, an entry for each of their parts. */
export function describeComments(
  documentation: readonly ts.SymbolDisplayPart[],
  tags: readonly ts.JSDocTagInfo[],
): string[] {
  const text = plainText(documentation);
  return [...(text === "" ? [] : [text]), ...tags.flatMap(describeTag)];
}

/** Display parts as one text; of links, only what they show. */
export function plainText(parts: readonly ts.SymbolDisplayPart[]): string {
  return parts
    .filter(({ kind }) => kind !== "link")
    .map(({ kind, text }) => (kind === "linkName" ? `\`${text}\`` : text))
    .join("");
}

function describeTag({ name, text = [] }: ts.JSDocTagInfo): string[] {
  const description = plainText(text);
  if (name === "example" && description !== "" && !description.includes(fence)) {
    return [`@example\n${fence}typescript\n${description}\n${fence}`];
  }
  return description === "" && name !== "deprecated" ? [] : [`@${name} ${description}`.trimEnd()];
}
