// Compiles the style sheet and collects the fonts and icons it points to.
import { readFile } from "node:fs/promises";
import path from "node:path";

import * as sass from "sass";

/** @returns {Promise<Map<string, Buffer | string>>} built file name → content */
export async function buildStyles({ packages, sources }) {
  const { css } = sass.compile(path.join(sources, "styles/klimaplan.scss"), {
    style: "compressed",
    loadPaths: [packages],
    // dkfds 11 is written for an older sass; its warnings are not ours to mend
    quietDeps: true,
    silenceDeprecations: ["if-function", "import", "global-builtin", "color-functions"],
  });
  const files = new Map([["klimaplan.css", css]]);
  for (const name of referencedFiles(css)) {
    files.set(name, await readFile(path.join(packages, "dkfds/dist", originOf(name))));
  }
  return files;
}

function referencedFiles(css) {
  return new Set([...css.matchAll(/url\(["']?([^"')#]+)["']?\)/g)].map((match) => match[1]));
}

function originOf(name) {
  const [folder, file] = name.split("/");
  if (folder === "fonts") return `fonts/IBMPlexSans/split/woff2/${file}`;
  if (folder === "icons") return `img/svg-icons/${file}`;
  throw new Error(`The style sheet points to ${name}; only fonts/ and icons/ are built.`);
}
