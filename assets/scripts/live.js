// Sliders and selects that show their effect at once. Without this script the form is sent by its button.
//
// <form method="get" data-live="pathway"> asks the server for the fragment again when an input changes, and puts the
// answer into the element with the id "pathway". The address of the page follows, so it can be sent to somebody.

const PAUSE_MS = 150;

let timer;
let running = new AbortController();

document.documentElement.classList.add("is-live");
// a form may come again with a fragment, so the page listens, not the form
document.addEventListener("input", ({ target }) => {
  if (!target.form?.matches("[data-live]")) return;
  tell(target);
  soon(target.form);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-live]")) return;
  event.preventDefault();
  soon(event.target);
});

/** Writes the value of a slider beside it. */
function tell(input) {
  const output = input.form.querySelector(`output[for="${input.id}"]`);
  if (output) output.textContent = [input.value, output.dataset.unit].filter(Boolean).join("\u2009");
}

function soon(form) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    running.abort();
    running = new AbortController();
    refresh(form, running.signal);
  }, PAUSE_MS);
}

async function refresh(form, signal) {
  const result = document.getElementById(form.dataset.live);
  const address = addressOf(form);
  result.dataset.liveBusy = "";
  try {
    // the same address gives a whole page or a fragment: neither may be kept for the other
    const answer = await fetch(address, { headers: { "X-Fragment": form.dataset.live }, cache: "no-store", signal });
    if (answer.status >= 500) throw new Error(answer.statusText);
    swap(result, await answer.text());
    say(result);
    history.replaceState(null, "", address);
    delete result.dataset.liveBusy;
  } catch {
    // unless a newer request took over, the browser goes to the page and says what is wrong
    if (!signal.aborted) form.submit();
  }
}

/** Puts in the fragment; what had the focus keeps it. */
function swap(result, html) {
  const focused = result.contains(document.activeElement) ? document.activeElement.id : "";
  result.innerHTML = html;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** Tells those who cannot see it what came, in one sentence. */
function say(result) {
  const status = document.querySelector(`[data-live-status="${result.id}"]`);
  if (status) status.textContent = result.querySelector("[data-live-say], .alert-text")?.textContent ?? "";
}

function addressOf(form) {
  const given = [...new FormData(form)].filter(([, value]) => value !== "");
  const address = new URL(form.action);
  address.search = new URLSearchParams(given).toString();
  return address;
}
