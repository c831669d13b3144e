/** What a command's end tells its caller; signals end it with 128 plus their number. */
export const ExitCode = { clean: 0, failed: 1, couldNotRun: 2 } as const;
