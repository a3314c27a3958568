// Plane geometry for the map: reading SVG paths, simplifying rings, writing paths. Points are [x, y].

/** Points drawn on each Bézier curve: enough for a map, few enough to be quick. */
const STEPS_PER_CURVE = 4;

/** Reads the path data `d` (M, m, l, c, Z) and returns its closed rings with curves flattened. */
export function ringsOf(d) {
  const tokens = d.match(/[A-Za-z]|-?\d*\.?\d+(?:e[-+]?\d+)?/g);
  const rings = [];
  let position = [0, 0];
  let command = "";
  let next = 0;
  const take = (origin) => [origin[0] + Number(tokens[next++]), origin[1] + Number(tokens[next++])];

  while (next < tokens.length) {
    if (/[A-Za-z]/.test(tokens[next])) command = tokens[next++];
    if (command === "Z") {
      position = rings.at(-1)[0];
    } else if (command === "M" || command === "m") {
      position = take(command === "M" ? [0, 0] : position);
      rings.push([position]);
    } else if (command === "l") {
      position = take(position);
      rings.at(-1).push(position);
    } else if (command === "c") {
      const curve = [position, take(position), take(position), take(position)];
      rings.at(-1).push(...pointsOnCurve(curve));
      position = curve[3];
    } else {
      throw new Error(`The map has the path command ${command}, which is not read.`);
    }
  }
  return rings;
}

function pointsOnCurve([start, first, second, end]) {
  return Array.from({ length: STEPS_PER_CURVE }, (_, step) => {
    const t = (step + 1) / STEPS_PER_CURVE;
    const u = 1 - t;
    const along = (axis) =>
      u ** 3 * start[axis] + 3 * u * u * t * first[axis] + 3 * u * t * t * second[axis] + t ** 3 * end[axis];
    return [along(0), along(1)];
  });
}

/** Douglas–Peucker on a closed ring: no dropped point lies further than `tolerance` from the result. */
export function simplifyRing(ring, tolerance) {
  const opposite = farthestFrom(ring[0], ring);
  const there = simplifyLine(ring.slice(0, opposite + 1), tolerance);
  const back = simplifyLine([...ring.slice(opposite), ring[0]], tolerance);
  return [...there.slice(0, -1), ...back.slice(0, -1)];
}

function simplifyLine(line, tolerance) {
  if (line.length < 3) return line;
  const distances = line.map((point) => distanceToSegment(point, line[0], line.at(-1)));
  const farthest = distances.indexOf(Math.max(...distances));
  if (distances[farthest] <= tolerance) return [line[0], line.at(-1)];
  const before = simplifyLine(line.slice(0, farthest + 1), tolerance);
  return [...before.slice(0, -1), ...simplifyLine(line.slice(farthest), tolerance)];
}

function farthestFrom(origin, points) {
  const distances = points.map((point) => Math.hypot(point[0] - origin[0], point[1] - origin[1]));
  return distances.indexOf(Math.max(...distances));
}

function distanceToSegment([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** Signed area of a ring. */
export function areaOf(ring) {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** Centre of gravity of a ring. */
export function centreOf(ring) {
  const weight = 6 * areaOf(ring);
  return [0, 1].map((axis) =>
    ring.reduce((sum, point, i) => {
      const next = ring[(i + 1) % ring.length];
      return sum + ((point[axis] + next[axis]) * (point[0] * next[1] - next[0] * point[1])) / weight;
    }, 0),
  );
}

/** Smallest box round all points. */
export function boxOf(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Writes rings whose coordinates are whole tenths as path data; steps are relative, so they stay exact and short. */
export function pathOf(rings) {
  return rings.map(ringPath).join("");
}

function ringPath(ring) {
  const tenths = ring.map((point) => point.map((value) => Math.round(value * 10)));
  const steps = tenths
    .slice(1)
    .map(([x, y], i) => [x - tenths[i][0], y - tenths[i][1]])
    .filter(([dx, dy]) => dx !== 0 || dy !== 0);
  return `M${joined(tenths[0])}l${steps.map(joined).join(" ").replaceAll(" -", "-")}z`;
}

function joined(pair) {
  return pair
    .map((value) => String(value / 10).replace(/^(-?)0\./, "$1."))
    .join(" ")
    .replace(" -", "-");
}
