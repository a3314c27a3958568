// Sliders and selects that show their effect at once. Without this script the form is sent by its button.
//
// <form method="get" data-live="pathway"> asks the server for the fragment again when an input changes, and puts the
// answer into the element with the id "pathway". The address of the page follows, so it can be sent to somebody.

const PAUSE_MS = 150;

for (const form of document.querySelectorAll("form[data-live]")) {
  form.classList.add("is-live");
  follow(form);
}

function follow(form) {
  let timer;
  let running = new AbortController();

  const later = (event) => {
    tell(event.target);
    clearTimeout(timer);
    timer = setTimeout(async () => {
      running.abort();
      running = new AbortController();
      await refresh(form, running.signal);
    }, PAUSE_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(event);
  });
}

/** Writes the value of a slider beside it. */
function tell(input) {
  const output = form(input)?.querySelector(`output[for="${input.id}"]`);
  if (output) output.textContent = [input.value, output.dataset.unit].filter(Boolean).join("\u2009");
}

function form(input) {
  return input.form;
}

async function refresh(form, signal) {
  const result = document.getElementById(form.dataset.live);
  const address = addressOf(form);
  result.dataset.liveBusy = "";
  try {
    // the same address gives a whole page or a fragment: neither may be kept for the other
    const answer = await fetch(address, { headers: { "X-Fragment": form.dataset.live }, cache: "no-store", signal });
    result.innerHTML = await answer.text();
    history.replaceState(null, "", address);
  } catch (error) {
    // a newer request took over; a broken connection is answered by the browser's own page
    if (error.name !== "AbortError") form.submit();
  } finally {
    if (!signal.aborted) delete result.dataset.liveBusy;
  }
}

function addressOf(form) {
  const given = [...new FormData(form)].filter(([, value]) => value !== "");
  const address = new URL(form.action);
  address.search = new URLSearchParams(given).toString();
  return address;
}
