// The map of the 98 municipalities, from the outlines in react-denmark-map (MIT).
//
// The outlines lie a little apart from each other, which draws the borders; each one is simplified by itself on
// absolute coordinates, far finer than that distance, so neighbours never touch or cross.
import { readFile } from "node:fs/promises";
import path from "node:path";

import { areaOf, boxOf, centreOf, pathOf, ringsOf, simplifyRing } from "./geometry.js";

const WIDTH = 1000;
const MARGIN = 8;
/** Largest shift of a coastline, in units of a map 1000 wide: a third of a pixel on most screens. */
const TOLERANCE = 0.55;
const MUNICIPALITIES = 98;
const BORNHOLM = "400";
const INSET_PADDING = 14;
const ATTRIBUTION = "Outlines: react-denmark-map by Martin Polley (MIT), simplified by klimaplan. Bornholm is moved.";

const OUTLINE = /\{id:"[^"]+",name:"[^"]+",en_name:"[^"]+",display_name:"[^"]+",code:"(\d{3})",d:"([^"]+)"\}/g;

/** @returns {Promise<Map<string, string>>} built file name → content */
export async function buildMap({ packages }) {
  const source = await readFile(path.join(packages, "react-denmark-map/dist/esm/index.js"), "utf8");
  const outlines = [...source.matchAll(OUTLINE)].map(([, code, d]) => ({ code, rings: ringsOf(d) }));
  if (outlines.length !== MUNICIPALITIES) {
    throw new Error(`react-denmark-map has ${outlines.length} municipalities, not ${MUNICIPALITIES}.`);
  }
  return new Map([["map.json", `${JSON.stringify(mapOf(outlines))}\n`]]);
}

function mapOf(outlines) {
  const original = boxOf(outlines.flatMap(({ rings }) => rings.flat()));
  const scale = (WIDTH - 2 * MARGIN) / original.width;
  const onMap = ([x, y]) => [(x - original.x) * scale + MARGIN, (y - original.y) * scale + MARGIN];

  const areas = outlines
    .map(({ code, rings }) => ({ code, rings: rings.map((ring) => simplifyRing(ring.map(onMap), TOLERANCE)) }))
    .sort((one, other) => one.code.localeCompare(other.code));
  return {
    viewBox: `0 0 ${WIDTH} ${Math.ceil(original.height * scale + 2 * MARGIN)}`,
    inset: insetOf(areas.find(({ code }) => code === BORNHOLM)),
    attribution: ATTRIBUTION,
    municipalities: Object.fromEntries(areas.map(({ code, rings }) => [code, municipalityOf(rings)])),
  };
}

function municipalityOf(rings) {
  const mainland = rings.reduce((largest, ring) => (Math.abs(areaOf(ring)) > Math.abs(areaOf(largest)) ? ring : largest));
  const [cx, cy] = centreOf(mainland).map(tenth);
  return { d: pathOf(rings), cx, cy };
}

function insetOf({ rings }) {
  const { x, y, width, height } = boxOf(rings.flat());
  return {
    x: tenth(x - INSET_PADDING),
    y: tenth(y - INSET_PADDING),
    width: tenth(width + 2 * INSET_PADDING),
    height: tenth(height + 2 * INSET_PADDING),
  };
}

function tenth(value) {
  return Math.round(value * 10) / 10;
}
