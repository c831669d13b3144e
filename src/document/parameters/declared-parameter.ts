/** A parameter as a cell tagged `parameters` declares it; all but the name is source text. */
export interface DeclaredParameter {
  name: string;
  /** `const`, `let` or `var`, where the language has such. */
  keyword?: string;
  /** The declared type, or that of a simple default. */
  type?: string;
  default: string;
  /** The comment behind it. */
  comment?: string;
}
