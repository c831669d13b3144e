import { ParameterError } from "../parameter-value.js";
import type { Language } from "./language.js";
import { bash, julia, r, scala } from "./other-languages.js";
import { python } from "./python.js";
import { javascript, typescript } from "./typescript.js";

const languages = new Map<string, Language>(
  Object.entries({ typescript, javascript, python, r, julia, scala, bash }),
);

/** The way in which parameters are written for a kernel of this language (as kernelspecs name it). Throws ParameterError. */
export function findLanguage(name: string): Language {
  const language = languages.get(name.toLowerCase());
  if (language) {
    return language;
  }
  const known = [...languages.keys()].join(", ");
  throw new ParameterError(`parameters cannot be written in the language "${name}"; known: ${known}`);
}
