import path from "node:path";
import { courseFiles } from "../working-copy/course-files.js";

/** One page of the site. */
export interface SitePage {
  /** The file of the course it is made of, relative to the course, with slashes. */
  readonly source: string;
  /** Its address, relative to the site, with slashes. */
  readonly address: string;
}

/** The pages of a course: its README, its chapters in their order, and its other texts. */
export function sitePages(folder: string): SitePage[] {
  const files = courseFiles(folder).map((file) => file.split(path.sep).join("/"));
  const isChapter = (file: string) => file.endsWith(".ipynb") && !file.includes("/");
  const texts = files.filter(
    (file) => /\.(md|ipynb)$/.test(file) && file !== "README.md" && !isChapter(file),
  );
  return ["README.md", ...files.filter(isChapter), ...texts]
    .filter((file) => files.includes(file))
    .map((source) => ({ source, address: addressOf(source) }));
}

/** Files that pages may link to, and that are no pages themselves. */
export function otherFiles(folder: string): string[] {
  return courseFiles(folder).filter((file) => !/\.(md|ipynb)$/.test(file));
}

/** The page that a file of the course becomes. */
export function addressOf(file: string): string {
  return file.replace(/(^|\/)README\.md$/, "$1index.html").replace(/\.(md|ipynb)$/, ".html");
}
