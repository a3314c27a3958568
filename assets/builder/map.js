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
/** Where Bornholm stands on the map, in the empty sea north of Zealand. */
const INSET = { right: 992, top: 404, padding: 14 };
/** The small municipalities round Copenhagen, shown again and larger in the empty sea east of Jutland. */
const CROWDED = { x: 878, y: 706, width: 118, height: 120 };
const ENLARGED = { x: 672, y: 8, width: 320, height: (320 * 120) / 118 };

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
  const bornholm = areas.find(({ code }) => code === BORNHOLM);
  const inset = insetOf(bornholm);
  bornholm.rings = moved(bornholm.rings, inset);
  return {
    viewBox: `0 0 ${WIDTH} ${Math.ceil(original.height * scale + 2 * MARGIN)}`,
    inset,
    enlarged: { from: CROWDED, to: rounded(ENLARGED), codes: areas.filter(isCrowded).map(({ code }) => code) },
    municipalities: Object.fromEntries(areas.map(({ code, rings }) => [code, municipalityOf(rings)])),
  };
}

function municipalityOf(rings) {
  const mainland = rings.reduce((largest, ring) => (Math.abs(areaOf(ring)) > Math.abs(areaOf(largest)) ? ring : largest));
  const [cx, cy] = centreOf(mainland).map(tenth);
  return { d: pathOf(rings), cx, cy };
}

/** The frame that Bornholm moves into. */
function insetOf({ rings }) {
  const box = boxOf(rings.flat());
  const [width, height] = [box.width + 2 * INSET.padding, box.height + 2 * INSET.padding];
  return rounded({ x: INSET.right - width, y: INSET.top, width, height });
}

function moved(rings, frame) {
  const box = boxOf(rings.flat());
  const [dx, dy] = [frame.x + INSET.padding - box.x, frame.y + INSET.padding - box.y];
  return rings.map((ring) => ring.map(([x, y]) => [x + dx, y + dy]));
}

function isCrowded({ rings }) {
  const { x, y, width, height } = CROWDED;
  return rings.flat().some(([px, py]) => px > x && px < x + width && py > y && py < y + height);
}

function rounded(box) {
  return Object.fromEntries(Object.entries(box).map(([side, value]) => [side, tenth(value)]));
}

function tenth(value) {
  return Math.round(value * 10) / 10;
}
