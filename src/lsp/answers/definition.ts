import { pathToFileURL } from "node:url";
import type { Location, Position } from "vscode-languageserver";
import type { CellServices } from "../../language/index.js";
import { type AskedCell, offsetOf, rangeOf } from "./asked-cell.js";

type Definition = ReturnType<CellServices["definitions"]>[number];

/** The places that declare the name at a place: in this cell or one before, in local files, in declarations. */
export function definition(asked: AskedCell, position: Position): Location[] {
  const services = asked.notebook.services(asked.index);
  return services.definitions(offsetOf(asked, position)).flatMap((each) => locate(asked, services, each));
}

function locate(asked: AskedCell, services: CellServices, { fileName, textSpan }: Definition): Location[] {
  const { notebook, index, document } = asked;
  const span = { start: textSpan.start, end: textSpan.start + textSpan.length };
  if (fileName === services.file.fileName) {
    return [{ uri: document.uri, range: rangeOf(document, span) }];
  }
  const place = services.ofEarlierCell(fileName, textSpan.start);
  if (place) {
    const found = notebook.references().declarationBefore(index, place.name, place.member);
    const cell = found && notebook.cells[found.cell];
    return cell ? [{ uri: cell.uri, range: rangeOf(cell.document, found) }] : [];
  }
  const module = notebook.moduleCell(services, fileName);
  if (module) {
    return [{ uri: module.uri, range: rangeOf(module.document, span) }];
  }
  const range = services.rangeIn(fileName, span);
  return range ? [{ uri: pathToFileURL(fileName).href, range }] : [];
}
