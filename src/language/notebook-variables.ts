/** Has no names but the notebook's, not even inherited ones; V8 is slow with an object that has no prototype. */
export class NotebookVariables {
  [name: string]: unknown;
}
Object.setPrototypeOf(NotebookVariables.prototype, null);
Reflect.deleteProperty(NotebookVariables.prototype, "constructor");
