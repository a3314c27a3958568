// The effect of an action while it is typed. Without this script the button *See the effect* shows it.
//
// <form data-preview="address"> is sent there whenever something changes, and the answer is put into #preview.
// Nothing is stored by it.

const PAUSE_MS = 250;

const form = document.querySelector("[data-preview]");
const result = document.getElementById("preview");
const status = document.querySelector('[data-live-status="preview"]');

let timer;
let running = new AbortController();

if (form && result) {
  document.documentElement.classList.add("is-live");
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE_MS);
}

async function refresh() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  result.dataset.liveBusy = "";
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    result.innerHTML = await answer.text();
    if (status) status.textContent = result.querySelector("[data-live-say]")?.textContent ?? "";
  } catch {
    // what stood there is no longer what is typed: better nothing than a figure that is not true
    if (!signal.aborted) document.documentElement.classList.remove("is-live");
  } finally {
    if (!signal.aborted) delete result.dataset.liveBusy;
  }
}
