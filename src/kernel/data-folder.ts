import { homedir } from "node:os";
import { join } from "node:path";

/** The user's own data folder of Jupyter, as `jupyter --data-dir` prints it. */
export function userDataFolder(): string {
  const { JUPYTER_DATA_DIR, APPDATA, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) {
    return JUPYTER_DATA_DIR;
  }
  if (process.platform === "darwin") {
    return join(homedir(), "Library", "Jupyter");
  }
  if (process.platform === "win32") {
    return join(APPDATA ?? join(homedir(), "AppData", "Roaming"), "jupyter");
  }
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}
