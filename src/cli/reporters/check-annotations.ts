import type { NotebookCheck } from "../../checker/notebook-check.js";
import { cellName } from "../../document/cell-name.js";

/** GitHub's workflow commands: an error for each difference, a warning for each flaky notebook. */
export function annotations(checks: NotebookCheck[]): string[] {
  return checks.flatMap((check) => [
    ...(check.problem === undefined || check.status === "passed-over"
      ? []
      : [command("error", check.path, "could not be run", check.problem)]),
    ...(check.isFlaky
      ? [command("warning", check.path, "flaky", `equal only in attempt ${check.attempts}`)]
      : []),
    ...check.cells.flatMap((cell) =>
      cell.differences.map(({ message, lines }) => {
        const changes = lines.filter(({ mark }) => mark !== " ").map(({ mark, text }) => mark + text);
        return command(
          "error",
          check.path,
          cellName(cell.number, cell.id),
          [message, ...changes.slice(0, 20)].join("\n"),
        );
      }),
    ),
  ]);
}

function command(level: "error" | "warning", file: string, title: string, message: string): string {
  return `::${level} file=${escapeProperty(file)},title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
