import { join } from "node:path";
import { userDataFolder } from "../../data-folder.js";
import { historyVariable } from "../../kernelspec.js";
import { HistoryFile } from "./history-file.js";

/** The file that the cells are kept in, unless the environment says that they shall not be. */
export function keptHistory(env: NodeJS.ProcessEnv): HistoryFile | undefined {
  const isOff = /^(off|no|false|0)$/i.test(env[historyVariable] ?? "");
  return isOff ? undefined : new HistoryFile(join(userDataFolder(), "poolbook"));
}
