/**
 * The texts of an object's or a list's own numbers that JavaScript would write otherwise, by their keys. As it is a registered property, copies by
 * `...` have it, too; JSON.stringify passes it over.
 */
const texts = Symbol.for("poolbook.number-texts");

interface ExactObject {
  [key: string | number]: unknown;
  [texts]?: Record<string, string> | (string | undefined)[];
}

/** Remembers that the number of `container` under `key` is written as `text`; in a list, the keys have to come in their order. */
export function keepNumberText(container: object, key: string | number, text: string): void {
  const exact = container as ExactObject;
  if (!Array.isArray(container)) {
    exact[texts] ??= Object.create(null) as Record<string, string>;
    (exact[texts] as Record<string, string>)[key] = text;
    return;
  }
  exact[texts] ??= [];
  const own = exact[texts] as (string | undefined)[];
  while (own.length < Number(key)) {
    own.push(undefined);
  }
  own.push(text);
}

/** The text of the number that `container` has under `key`; undefined where it is as JavaScript writes it. */
export function numberText(container: object, key: string | number): string | undefined {
  const exact = container as ExactObject;
  const text = (exact[texts] as Record<string | number, string | undefined> | undefined)?.[key];
  return text !== undefined && Object.is(Number(text), exact[key]) ? text : undefined;
}

export function hasNumberTexts(container: object): boolean {
  return texts in container;
}

/** As Object.assign, for JSON objects. */
export function assignJson(target: object, source: object): void {
  const known = { ...(target as ExactObject)[texts], ...(source as ExactObject)[texts] };
  Object.assign(target, source);
  if (Object.keys(known).length > 0) {
    (target as ExactObject)[texts] = known as Record<string, string>;
  }
}

/** `copy`, an object with members of `original`, with the texts of their numbers. */
export function withNumberTexts<T extends object>(copy: T, original: object): T {
  const own = (original as ExactObject)[texts];
  return own === undefined ? copy : Object.assign(copy, { [texts]: own });
}
