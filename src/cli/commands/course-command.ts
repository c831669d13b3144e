import type { Command } from "commander";
import { checkInstalled } from "../../missing-package.js";
import { UsageError } from "../options/usage-error.js";

/** `poolbook course`: what a teacher does with a folder of chapters. */
export function addCourseCommand(program: Command): void {
  const course = program.command("course").description("make and test chapters with exercises of your own");
  course
    .command("new")
    .description("write the notebook of a new chapter, and its exercise with solution and wrong answers")
    .argument("<chapter>", "its name, such as 09-mine")
    .option("--dir <folder>", "the folder of the course", ".")
    .action(async (chapter: string, { dir }: { dir: string }) => {
      const { newChapter } = await import("../../courseware/template/new-chapter.js");
      console.log((await newChapter(dir, chapter)).join("\n"));
      console.log(
        "Let the chapters beside it and README.md lead to it; `poolbook course test` says where they do not",
      );
    });
  course
    .command("test")
    .description("prove every state of every exercise, and the rules of the house")
    .argument("[folder]", "the folder with the chapters", ".")
    .action(async (folder: string) => {
      const { testCourse } = await import("../course/test-course.js");
      process.exitCode = await testCourse(folder);
    });
  addVersionCommands(course);
}

function addVersionCommands(course: Command): void {
  course
    .command("strip")
    .description("write the students' version: no outputs, no solutions, no wrong answers")
    .argument("[folder]", "the folder with the chapters", ".")
    .requiredOption("--output-dir <dir>", "an empty folder")
    .action(async (folder: string, { outputDir }: { outputDir: string }) => {
      checkInstalled(["typescript"]);
      const { stripCourse } = await import("../../courseware/versions/strip-course.js");
      console.log((await stripCourse(folder, outputDir)).join("\n"));
    });
  course
    .command("export")
    .description("write the source of an assignment for a program that gives marks")
    .argument("[folder]", "the folder with the chapters", ".")
    .option("--nbgrader", "for nbgrader")
    .requiredOption("--output-dir <dir>", "an empty folder")
    .action(async (folder: string, options: { nbgrader?: boolean; outputDir: string }) => {
      if (!options.nbgrader) {
        throw new UsageError("say for which program: --nbgrader");
      }
      checkInstalled(["typescript"]);
      const { exportForNbgrader } = await import("../../courseware/versions/export-nbgrader.js");
      console.log((await exportForNbgrader(folder, options.outputDir)).join("\n"));
    });
  course
    .command("site")
    .description("write the course as pages for a browser, from its stored outputs")
    .argument("[folder]", "the folder with the chapters", ".")
    .requiredOption("--output-dir <dir>", "where the pages go; pages that are there are written again")
    .action(async (folder: string, { outputDir }: { outputDir: string }) => {
      const { buildSite } = await import("../../courseware/site/build-site.js");
      console.log((await buildSite(folder, outputDir)).join("\n"));
    });
}
