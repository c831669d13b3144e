import { existsSync } from "node:fs";
import path from "node:path";
import { putAside, putFreshBeside, updateWorkingCopy } from "../../courseware/working-copy/working-copy.js";
import { UsageError } from "../options/usage-error.js";
import { ask } from "../terminal/ask.js";

export interface CopyOptions {
  /** Puts an existing copy aside, and begins a new one. */
  fresh?: boolean;
  /** Puts the course's present chapters beside those that the learner has changed. */
  beside?: boolean;
  /** Does not ask. */
  yes?: boolean;
}

/** Makes or updates the working copy of a course, and says on stderr what has become of it. */
export async function openCopy(source: string, target: string, options: CopyOptions): Promise<void> {
  const say = (text: string) => console.error(text);
  if (options.fresh && existsSync(target)) {
    await beginAnew(target, options, say);
  }
  const isNew = !existsSync(target);
  const { added, updated, changed } = await updateWorkingCopy(source, target);
  if (isNew) {
    say(`Your copy of the course is in ${target}: what you do there is yours, and is kept`);
    return;
  }
  list(say, "New in the course", added);
  list(say, "Brought up to date, since you had not touched them", updated);
  list(say, "Changed in the course since you began them; yours are as you left them", changed);
  if (changed.length === 0) {
    return;
  }
  if (options.beside || (await ask("Put fresh copies of them beside yours?"))) {
    list(say, "Beside yours", await putFreshBeside(source, target, changed));
  } else {
    say("  With --beside, fresh copies of them are put beside yours");
  }
}

async function beginAnew(target: string, { yes }: CopyOptions, say: (text: string) => void): Promise<void> {
  const agreed =
    yes || (await ask(`Begin anew? ${target} is moved aside, with your answers and your progress.`));
  if (agreed === undefined) {
    throw new UsageError(
      "--fresh asks before it begins anew, and nobody can answer here; add --yes to agree",
    );
  }
  if (agreed) {
    say(`What you had is now in ${putAside(target)}`);
  } else {
    say("Nothing was changed");
  }
}

function list(say: (text: string) => void, title: string, files: readonly string[]): void {
  if (files.length > 0) {
    say([`${title}:`, ...files.map((file) => `  ${file.split(path.sep).join("/")}`)].join("\n"));
  }
}
