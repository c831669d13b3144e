import type ts from "typescript";

/** Says a place in words; undefined when the user did not write what stands there. */
export type PlaceInWords = (file: ts.SourceFile, offset: number) => string | undefined;

/** The related information of a diagnostic, a line each; about text that the user did not write only advice is left. */
export function relatedLines(
  { file, start, relatedInformation = [] }: ts.DiagnosticWithLocation,
  placeInWords: PlaceInWords,
  flatten: (message: string | ts.DiagnosticMessageChain) => string,
): string[] {
  const lines = relatedInformation.flatMap((related) => {
    const text = flatten(related.messageText);
    if (!related.file || related.start === undefined || (related.file === file && related.start === start)) {
      return [text];
    }
    const place = placeInWords(related.file, related.start);
    const needsPlace = /\bhere\b/.test(text);
    return place === undefined ? (needsPlace ? [] : [text]) : [`${text} (${place})`];
  });
  return [...new Set(lines)].map((line) => `  ${line}`);
}
