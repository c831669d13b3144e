/** Stands for stdin among the inputs, and for stdout as an output. */
export const standardStream = "-";

export function isStandardInput(input: string | undefined): boolean {
  return input === standardStream || input === "/dev/stdin";
}

/** `/dev/stdout` cannot be opened where stdout is a socket, so it is taken for what it means. */
export function isStandardOutput(output: string | undefined): boolean {
  return output === standardStream || output === "/dev/stdout";
}
