/** What `action` printed with console.log. */
export async function printed(action: () => unknown): Promise<string> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (...values) => lines.push(values.map(String).join(" "));
  try {
    await action();
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}
