/**
 * The text a terminal would show after printing `text`: `\r` goes back to the start of the line and `\b` one character
 * back, and what follows overwrites what stood there. As JupyterLab shows streams.
 */
export function terminalText(text: string): string {
  return /[\r\b]/.test(text) ? text.split("\n").map(terminalLine).join("\n") : text;
}

function terminalLine(line: string): string {
  const shown: string[] = [];
  let column = 0;
  for (const character of line) {
    if (character === "\r") {
      column = 0;
    } else if (character === "\b") {
      column = Math.max(0, column - 1);
    } else {
      shown[column++] = character;
    }
  }
  return shown.join("");
}
