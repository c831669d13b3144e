import { type Displayed, displayed } from "./displayed.js";

/** Makes something that shows itself of a template, or of a text as it is. */
export interface Tag {
  (strings: TemplateStringsArray, ...values: unknown[]): Displayed;
  (text: string): Displayed;
}

/**
 * HTML: html`<b>${name}</b>`. What is put in is text, with its markup escaped, unless it is of `html` or `svg` itself;
 * lists are put in one after another. `html(text)` takes a text as HTML.
 */
export const html: Tag = markupTag("text/html");

/** A picture in SVG, put together as `html` is. */
export const svg: Tag = markupTag("image/svg+xml");

/** Markdown, with what is put in as it is. */
export const md: Tag = tag("text/markdown", (strings, values) => joined(strings, values, String));

/**
 * A formula in LaTeX: latex`\frac{a}{${b}}`, where a backslash is a backslash. Without dollars or an environment it is
 * set as a formula of its own.
 */
export const latex: Tag = tag("text/latex", ({ raw }, values) => joined(raw, values, String), asFormula);

type Join = (strings: TemplateStringsArray, values: readonly unknown[]) => string;

function tag(
  type: string,
  join: Join,
  finish = (text: string) => text,
  remember?: (made: Displayed) => void,
): Tag {
  return (strings: TemplateStringsArray | string, ...values: unknown[]) => {
    const text = finish(typeof strings === "string" ? strings : join(strings, values));
    const made = displayed({ [type]: text }, text);
    remember?.(made);
    return made;
  };
}

const markup = new WeakSet<object>();

function markupTag(type: string): Tag {
  const join: Join = (strings, values) => joined(strings, values, markupOf);
  return tag(type, join, undefined, (made) => markup.add(made));
}

/** A text of the template that is no valid JavaScript text, such as `\u`, counts as it is written. */
function joined(
  strings: readonly (string | undefined)[] & { raw?: readonly string[] },
  values: readonly unknown[],
  textOf: (value: unknown) => string,
): string {
  return strings
    .map(
      (text, index) =>
        (text ?? strings.raw?.[index] ?? "") + (index < values.length ? textOf(values[index]) : ""),
    )
    .join("");
}

function markupOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(markupOf).join("");
  }
  if (typeof value === "object" && value !== null && markup.has(value)) {
    return String(value);
  }
  const outerHTML: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "outerHTML") : undefined;
  return typeof outerHTML === "string" ? outerHTML : escaped(String(value));
}

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

function asFormula(text: string): string {
  return /\$|\\begin\{|\\\[|\\\(/.test(text) ? text : `$$${text.trim()}$$`;
}
