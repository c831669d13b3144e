export type * from "./language.js";
export { createLanguage, loadPublicModule, setDisplayWriter } from "./stock.js";
