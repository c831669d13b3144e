const clock = "(?:\\d+:)?\\d{1,2}:\\d{2}";
const rate = "\\s*(?:[\\d.]+|\\?)\\s*[kMGT]?(?:[A-Za-z]\\w*/s|s/[A-Za-z]\\w*)";
const bar = new RegExp(`\\[${clock}(?:<(?:${clock}|\\?))?,${rate}(?=[,\\]])`, "g");
const kerasStep = /\b\d+s\s+\d+(?:\.\d+)?\s?(?:ms|µs|us|s)\/(?:step|epoch|sample)\b/g;
const speed =
  /(?<![\w.])\d+(?:\.\d+)?\s?(?:[kMGTKP]i?)?(?:B|bytes?|bits?|it|items?|rows?|ops|files?)\/s(?:ec)?\b/g;

/**
 * Measured speeds: in the bars of tqdm, times and rate become `<elapsed>, <rate>`, and counts and percentages stay; so do the steps of
 * Keras; a number of things in a second becomes `<rate>`.
 */
export function progress(text: string): string {
  return text
    .replace(bar, "[<elapsed>, <rate>")
    .replace(kerasStep, "<elapsed>, <rate>")
    .replace(speed, "<rate>");
}
