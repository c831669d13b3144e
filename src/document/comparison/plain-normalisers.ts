const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*";
const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
const CLOCK = "\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?(?:\\s?[AaPp]\\.?[Mm]\\b\\.?)?";
const ZONE = "(?:\\s*(?:Z\\b|UTC|GMT)?(?:[+-]\\d{2}:?\\d{2}\\b)?(?:\\s*\\([^()\\n]*[Tt]ime\\))?)";
const DAY_OF_YEAR = [
  "\\d{4}-\\d{2}-\\d{2}",
  "\\d{1,2}/\\d{1,2}/\\d{4}",
  "\\d{1,2}\\.\\d{1,2}\\.\\d{4}",
  `(?:${DAY},?\\s+)?${MONTH}\\s+\\d{1,2},?\\s+\\d{4}`,
  `(?:${DAY},?\\s+)?\\d{1,2}\\s+${MONTH}\\s+\\d{4}`,
].join("|");
const DATE = new RegExp(
  `(?<![\\w./-])(?:${DAY_OF_YEAR})(?:(?:T|,?\\s+(?:at\\s+)?)${CLOCK}${ZONE})?(?![\\w/-])`,
  "g",
);
const TIME_OF_DAY = new RegExp(`(?<![\\w:.])${CLOCK}(?![\\w:])`, "g");

/** Dates become `<date>`, with the time of day that follows one; a time of day alone becomes `<time>`. */
export function dates(text: string): string {
  return text.replace(DATE, "<date>").replace(TIME_OF_DAY, "<time>");
}

const SMALL_UNIT = "(?:ms|µs|μs|us|ns|(?:milli|micro|nano)seconds?)";
const UNIT = `(?:${SMALL_UNIT}|s|secs?|seconds?|mins?|minutes?|h|hours?)`;
const DURATION = new RegExp(
  `(?<![\\w.])-?(?:\\d+\\.\\d+(?:e[+-]?\\d+)?\\s?${UNIT}|\\d+\\s?${SMALL_UNIT})(?!\\w)`,
  "g",
);

/**
 * Measured times become `<duration>`: numbers with decimals before a unit of time, and whole numbers of milliseconds or
 * less. A whole number of seconds is rarely measured, and kept.
 */
export function durations(text: string): string {
  return text.replace(DURATION, "<duration>");
}

const POSIX_FOLDER = /(?<![\w.:/<>~-])(?:file:\/\/\/(?:[\w.@+~%-]+\/)*|\/(?:[\w.@+~-]+\/)+)(?=[\w.@+-])/g;
const WINDOWS_FOLDER = /(?<!\w)(?:file:\/\/\/)?[A-Za-z]:[\\/](?:[^\\/\s"'`<>|:*?]+[\\/])+(?=[\w.@+-])/g;

/** The folders of absolute paths become `<path>/`; file names, line numbers and relative paths are kept. */
export function paths(text: string): string {
  return text.replace(WINDOWS_FOLDER, "<path>/").replace(POSIX_FOLDER, "<path>/");
}
