// Name, figure and place of a municipality while the pointer or the keyboard is on it. Without this script each one
// still is a link with a title.

// a map may come again with a fragment, so the page listens, not the map
document.addEventListener("pointerover", (event) => show(event.target));
document.addEventListener("focusin", (event) => show(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideAll();
});

function show(target) {
  hideAll();
  const link = target.closest?.("[data-map] a");
  if (!link) return;
  const map = link.closest("[data-map]");
  outline(link.querySelector("path"));
  const tip = map.querySelector("[data-map-tip]");
  tip.replaceChildren(element("strong", link.dataset.name), element("span", link.dataset.value));
  if (link.dataset.rank) tip.append(element("span", link.dataset.rank));
  tip.hidden = false;
  place(tip, link, map);
}

function hideAll() {
  for (const tip of document.querySelectorAll("[data-map-tip]")) tip.hidden = true;
  for (const line of document.querySelectorAll(".map-outline")) line.remove();
}

/** Draws the border again above all neighbours. */
function outline(path) {
  const line = path.cloneNode();
  line.setAttribute("class", "map-outline");
  path.ownerSVGElement.append(line);
}

/** Above the middle of the municipality, but inside the map. */
function place(tip, link, map) {
  const area = link.getBoundingClientRect();
  const frame = map.getBoundingClientRect();
  const half = tip.offsetWidth / 2;
  const middle = area.left + area.width / 2 - frame.left;
  tip.style.left = `${Math.min(Math.max(middle, half), frame.width - half)}px`;
  tip.style.top = `${area.top - frame.top}px`;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
