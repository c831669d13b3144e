export { userDataFolder } from "../kernel/data-folder.js";
