import { ParameterError } from "../parameter-value.js";
import type { Language } from "./language.js";
import { bash, julia, r, scala } from "./other-languages.js";
import { python } from "./python.js";
import { javascript, typescript } from "./typescript.js";

const languages: Record<string, Language> = { typescript, javascript, python, r, julia, scala, bash };

/** The way in which parameters are written for a kernel of this language (as kernelspecs name it). Throws ParameterError. */
export function findLanguage(name: string): Language {
  const language = languages[name.toLowerCase()];
  if (language) {
    return language;
  }
  const known = Object.keys(languages).join(", ");
  throw new ParameterError(`parameters cannot be written in the language "${name}"; known: ${known}`);
}
