// The licence texts of everything that is served to readers, in one file.
import { readFile } from "node:fs/promises";
import path from "node:path";

const SERVED = [
  {
    name: "dkfds",
    what: "styles and icons of the Danish public design system (Det Fælles Designsystem)",
    licences: ["LICENSE.md"],
  },
  {
    name: "dkfds",
    what: "the typeface IBM Plex Sans, as distributed with dkfds",
    licences: ["dist/fonts/IBMPlexSans/split/woff2/license.txt"],
  },
  {
    name: "react-denmark-map",
    what: "outlines of the Danish municipalities, simplified by klimaplan",
    licences: ["LICENSE.md"],
  },
];

/** @returns {Promise<Map<string, string>>} built file name → content */
export async function buildNotices({ packages }) {
  const sections = await Promise.all(SERVED.map((served) => sectionOf(packages, served)));
  return new Map([["notices.txt", sections.join(`\n${"=".repeat(78)}\n\n`)]]);
}

async function sectionOf(packages, { name, what, licences }) {
  const folder = path.join(packages, name);
  const { version } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const texts = await Promise.all(licences.map((file) => readFile(path.join(folder, file), "utf8")));
  return `${name} ${version}: ${what}\n\n${texts.map((text) => text.replaceAll("\r\n", "\n").trim()).join("\n\n")}\n`;
}
