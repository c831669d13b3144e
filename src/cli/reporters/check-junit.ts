import { hostname } from "node:os";
import type { CellCheck, Difference, NotebookCheck } from "../../checker/notebook-check.js";
import { isGood } from "../../checker/status-words.js";
import { cellName } from "../../document/cell-name.js";
import { escapeXml } from "./escape-xml.js";

/** JUnit XML: a suite for each notebook, a case for each cell; a notebook that could not be run is one case in error. */
export function junitReport(checks: NotebookCheck[], date: Date, command = "check"): string {
  const suites = checks.map((check) => suiteOf(check, date));
  const sum = (count: (suite: Suite) => number) => suites.reduce((total, suite) => total + count(suite), 0);
  const totals = attributes({
    name: `poolbook ${command}`,
    tests: sum(({ cases }) => cases.length),
    failures: sum(({ cases }) => counted(cases, "failure")),
    errors: sum(({ cases }) => counted(cases, "error")),
    time: seconds(sum(({ duration }) => duration)),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    ...suites.map(({ text }) => text),
    "</testsuites>\n",
  ].join("\n");
}

interface Suite {
  text: string;
  cases: Case[];
  duration: number;
}

interface Case {
  name: string;
  duration: number;
  peakMemory?: number;
  /** The content of the case: nothing for one that passed. */
  outcome?: { element: "failure" | "error" | "skipped"; message: string; text: string; type: string };
}

function suiteOf(check: NotebookCheck, date: Date): Suite {
  const cases = casesOf(check);
  const head = attributes({
    name: check.path,
    tests: cases.length,
    failures: counted(cases, "failure"),
    errors: counted(cases, "error"),
    skipped: counted(cases, "skipped"),
    time: seconds(check.duration),
    timestamp: date.toISOString().slice(0, 19),
    hostname: hostname(),
  });
  const properties = check.isFlaky
    ? [`    <properties><property name="flaky" value="attempt ${check.attempts}"/></properties>`]
    : [];
  const lines = cases.map((each) => caseText(check.path, each));
  return {
    text: [`  <testsuite ${head}>`, ...properties, ...lines, "  </testsuite>"].join("\n"),
    cases,
    duration: check.duration,
  };
}

function casesOf({ status, problem, cells }: NotebookCheck): Case[] {
  const isFine = isGood(status);
  if (problem !== undefined && status === "passed-over") {
    const outcome: Case["outcome"] = { element: "skipped", message: problem, text: "", type: status };
    return [{ name: "notebook", duration: 0, outcome }];
  }
  if (problem !== undefined) {
    return [
      {
        name: "notebook",
        duration: 0,
        outcome: { element: "error", message: problem, text: problem, type: "could-not-run" },
      },
    ];
  }
  return cells.map((cell) => ({
    name: cellName(cell.number, cell.id),
    duration: cell.duration,
    peakMemory: cell.peakMemory,
    outcome: outcomeOf(cell, isFine),
  }));
}

function outcomeOf({ status, differences, notes }: CellCheck, isFine: boolean): Case["outcome"] {
  if (status === "skipped" || status === "not-compared" || (status === "not-run" && isFine)) {
    return {
      element: "skipped",
      message: status === "not-compared" ? notes.join(", ") : "not run",
      text: "",
      type: status,
    };
  }
  if (["equal", "ran", "well-typed"].includes(status)) {
    return undefined;
  }
  const message = differences.map((difference) => difference.message).join("; ") || status;
  const element = status === "different" || status === "ill-typed" ? "failure" : "error";
  return { element, message, text: differences.map(diffText).join("\n\n"), type: status };
}

function diffText({ message, lines }: Difference): string {
  return [message, ...lines.map(({ mark, text }) => `${mark} ${text}`)].join("\n");
}

function caseText(path: string, { name, duration, peakMemory, outcome }: Case): string {
  const head = `    <testcase ${attributes({ name, classname: path, time: seconds(duration) })}`;
  const properties =
    peakMemory === undefined
      ? ""
      : `<properties><property ${attributes({ name: "peak memory in bytes", value: peakMemory })}/></properties>`;
  if (!outcome) {
    return properties === "" ? `${head}/>` : `${head}>${properties}</testcase>`;
  }
  const { element, message, text, type } = outcome;
  if (element === "skipped") {
    return `${head}>${properties}<skipped ${attributes({ message })}/></testcase>`;
  }
  return `${head}>${properties}<${element} ${attributes({ message, type })}>${escapeXml(text)}</${element}></testcase>`;
}

function counted(cases: Case[], element: string): number {
  return cases.filter(({ outcome }) => outcome?.element === element).length;
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value)).replaceAll("\n", "&#10;")}"`)
    .join(" ");
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
