export type * from "./language.js";
export { createLanguage, loadPublicModule } from "./stock.js";
