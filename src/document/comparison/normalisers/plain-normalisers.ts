const day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*";
const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
const half = "(?:\\s?[AaPp]\\.?[Mm]\\b\\.?)?";
const clock = `\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?${half}`;
const shortClock = `\\d{1,2}:\\d{2}(?![:\\d])${half}`;
const zone = "(?:\\s*(?:Z\\b|UTC|GMT)?(?:[+-]\\d{2}:?\\d{2}\\b)?(?:\\s*\\([^()\\n]*[Tt]ime\\))?)";
const dayOfYear = [
  // As C's ctime() and the program `date` write it, the year last.
  `(?:${day},?\\s+)?${month}\\s+\\d{1,2}\\s+${clock}(?:\\s+[A-Z]{2,5})?\\s+\\d{4}`,
  `\\d{1,2}[/-]${month}[/-]\\d{4}`,
  "\\d{8}T\\d{6}",
  "\\d{4}-\\d{2}-\\d{2}",
  "\\d{1,2}/\\d{1,2}/\\d{4}",
  "\\d{1,2}\\.\\d{1,2}\\.\\d{4}",
  `(?:${day},?\\s+)?${month}\\s+\\d{1,2},?\\s+\\d{4}`,
  `(?:${day},?\\s+)?\\d{1,2}\\s+${month}\\s+\\d{4}`,
].join("|");
const date = new RegExp(
  `(?<![\\w./-])(?:${dayOfYear})(?:(?:T|:|,?\\s+(?:at\\s+)?)(?:${clock}|${shortClock})${zone}|Z)?(?![\\w/-])`,
  "g",
);
const timeOfDay = new RegExp(`(?<![\\w:.])${clock}(?![\\w:])`, "g");

const pythonDate =
  /\b(?:datetime\.)?(?:datetime|date|time)\(\d+(?:, (?:\w+=)?(?:[\w.]+\([^()]*\)|[\w.]+))+\)/g;
const structTime = /\btime\.struct_time\([^()]*\)/g;
// Seconds since 1970, with decimals, from 2014 to 2033.
const timestamp = /(?<![\w.])(?:1[4-9]\d{8}|200\d{7})\.\d{1,9}(?!\w)/g;

/**
 * Dates become `<date>`, with the time of day that follows one; a time of day alone becomes `<time>`. So do Python's ways to show them:
 * `datetime.datetime(2026, 1, 31, 12, 0)`, and seconds since 1970 with decimals.
 */
export function dates(text: string): string {
  return text
    .replace(pythonDate, "<date>")
    .replace(structTime, "<date>")
    .replace(timestamp, "<date>")
    .replace(date, "<date>")
    .replace(timeOfDay, "<time>");
}

const smallUnit = "(?:ms|µs|μs|us|ns|(?:milli|micro|nano)seconds?)";
const unit = `(?:${smallUnit}|s|secs?|seconds?|mins?|minutes?|h|hours?)`;
const duration = new RegExp(
  `(?<![\\w.])-?(?:\\d+\\.\\d+(?:e[+-]?\\d+)?\\s?${unit}|\\d+\\s?${smallUnit})(?!\\w)`,
  "g",
);

const timedelta = /\b(?:datetime\.)?timedelta\([^()]*microseconds=\d+\)/g;

/**
 * Measured times become `<duration>`: numbers with decimals before a unit of time, and whole numbers of milliseconds or
 * less. A whole number of seconds is rarely measured, and kept.
 */
export function durations(text: string): string {
  return text.replace(timedelta, "<duration>").replace(duration, "<duration>");
}

const posixFolder = /(?<![\w.:/<>~-])(?:file:\/\/\/(?:[\w.@+~%-]+\/)*|\/(?:[\w.@+~-]+\/)+)(?=[\w.@+-])/g;
const windowsFolder = /(?<!\w)(?:file:\/\/\/)?[A-Za-z]:[\\/](?:[^\\/\s"'`<>|:*?]+[\\/])+(?=[\w.@+-])/g;

/** The folders of absolute paths become `<path>/`; file names, line numbers and relative paths are kept. */
export function paths(text: string): string {
  return text.replace(windowsFolder, "<path>/").replace(posixFolder, "<path>/");
}
