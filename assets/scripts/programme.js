// The map of the programme moves: by the slider, by the links before and after, and by the button that plays.
// Every moment stands in the table of the page; without this script its links lead from one to the next.

const STEP_MS = 1800;

const player = document.querySelector('[data-course="player"]');
const slider = player.querySelector("#course-slider");
const play = player.querySelector("[data-course-play]");
const say = player.querySelector("[data-course-say]");
const moments = [...player.querySelectorAll("[data-course-moment]")];
const legend = new Map([...player.querySelectorAll("[data-course-state]")].map((entry) => [entry.dataset.courseState, entry]));
const last = moments.length - 1;
const playWord = play.textContent;

let timer;

slider.parentElement.hidden = false;
play.hidden = false;
slider.addEventListener("input", () => {
  pause();
  show(Number(slider.value));
});
play.addEventListener("click", () => (timer ? pause() : start()));
for (const link of player.querySelectorAll("[data-course-step]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    pause();
    show(Number(slider.value) + Number(link.dataset.courseStep));
  });
}

/** Plays to the end; from the end it begins anew. */
function start() {
  play.textContent = play.dataset.pause;
  // one moment after the other would be read over each other: what is said waits for the pause
  say.setAttribute("aria-live", "off");
  if (Number(slider.value) === last) show(0);
  timer = setInterval(() => {
    show(Number(slider.value) + 1);
    if (Number(slider.value) === last) pause();
  }, STEP_MS);
}

function pause() {
  if (!timer) return;
  clearInterval(timer);
  timer = undefined;
  play.textContent = playWord;
  say.setAttribute("aria-live", "polite");
  const said = say.textContent;
  say.textContent = "";
  requestAnimationFrame(() => (say.textContent = said));
}

function show(wanted) {
  const place = Math.min(Math.max(wanted, 0), last);
  const moment = moments[place];
  slider.value = place;
  slider.setAttribute("aria-valuetext", moment.dataset.when);
  player.querySelector("[data-course-when]").textContent = moment.dataset.when;
  player.querySelector("[data-course-since]")?.remove();
  say.textContent = moment.dataset.sentence;
  for (const area of player.querySelectorAll("[data-map] a")) paint(area, area.dataset.course[place]);
  count(moment.dataset.counts.split(" "));
  player.querySelector("[data-course-moment][aria-current]").removeAttribute("aria-current");
  moment.setAttribute("aria-current", "true");
  for (const link of player.querySelectorAll("[data-course-step]")) lead(link, place + Number(link.dataset.courseStep));
  history.replaceState(null, "", addressOf(place === last ? "" : moment.dataset.day));
}

/** The address of the page with the day, and whatever else the reader chose. */
function addressOf(day) {
  const address = new URL(location);
  if (day) address.searchParams.set("on", day);
  else address.searchParams.delete("on");
  return address;
}

function paint(area, digit) {
  const entry = legend.get(digit);
  const label = entry.querySelector("[data-course-label]").textContent;
  area.querySelector("path").setAttribute("class", `area area--${entry.dataset.style}`);
  area.dataset.value = label;
  const title = area.querySelector("title");
  if (title) title.textContent = `${area.dataset.name}: ${label}`;
}

function count(counts) {
  for (const [digit, entry] of legend) entry.querySelector("[data-course-count]").textContent = counts[digit];
}

/** A link leads to a moment; at either end it stays where it is, and says so. */
function lead(link, place) {
  const moment = moments[Math.min(Math.max(place, 0), last)];
  link.href = moment.dataset.url;
  if (moments[place]) link.removeAttribute("aria-disabled");
  else link.setAttribute("aria-disabled", "true");
}
