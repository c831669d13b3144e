/** Facts about a JSON text that reading it would lose. */
export interface JsonFacts {
  /** Some numbers are not as JavaScript would write them: 1.0, or those of too many digits. */
  hasOddNumbers: boolean;
  /** The number of members that its objects have, with those whose keys are doubled. */
  members: number;
  /** The number of levels that its objects and lists nest. */
  depth: number;
}

/** The facts about `text`, which JSON.parse accepts. */
export function jsonFacts(text: string): JsonFacts {
  const facts: JsonFacts = { hasOddNumbers: false, members: 0, depth: 0 };
  let level = 0;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code === quote) {
      place = stringEnd(text, place) - 1;
    } else if (code === colon) {
      facts.members++;
    } else if (code === openBrace || code === openBracket) {
      facts.depth = Math.max(facts.depth, ++level);
    } else if (code === closeBrace || code === closeBracket) {
      level--;
    } else if (code === minus || isDigit(code)) {
      const end = numberEnd(text, place);
      facts.hasOddNumbers ||= !isShortInteger(text, place, end) && isOddNumber(text.slice(place, end));
      place = end - 1;
    }
  }
  return facts;
}

const mostDigitsKept = 15;

/** JavaScript would write it otherwise. Numbers of few digits, most of all there are, are told apart without being read. */
export function isOddNumber(number: string): boolean {
  if (number.length <= mostDigitsKept && !/[eE]|^-?0/.test(number)) {
    return number.endsWith("0") && number.includes(".");
  }
  return String(Number(number)) !== number;
}

/** Most numbers are; they need not be cut out of the text. */
function isShortInteger(text: string, start: number, end: number): boolean {
  let place = start;
  while (place < end && isDigit(text.charCodeAt(place))) {
    place++;
  }
  return place === end && end - start <= mostDigitsKept;
}

/** The place behind the string of a JSON text that begins at `start`. */
export function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) {
      backslashes++;
    }
    if (backslashes % 2 === 0) {
      return end + 1;
    }
  }
  return text.length;
}

/** The place behind the number of a JSON text that begins at `start`. */
export function numberEnd(text: string, start: number): number {
  let end = start + 1;
  for (let code = text.charCodeAt(end); isInNumber(code); code = text.charCodeAt(end)) {
    end++;
  }
  return end;
}

const [quote, plus, minus, point, zero, nine, colon] = [0x22, 0x2b, 0x2d, 0x2e, 0x30, 0x39, 0x3a];
const [largeE, backslash, smallE] = [0x45, 0x5c, 0x65];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}

function isInNumber(code: number): boolean {
  return (
    isDigit(code) || code === point || code === smallE || code === largeE || code === plus || code === minus
  );
}
