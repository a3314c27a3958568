// Calls somebody by typing @ and the beginning of a name. Without this script the whole name is typed, or ticked.
//
// <textarea data-mention="people"> takes the names from the list with that id.

const MOST = 8;
const CALL = /(^|[^\p{L}\p{N}_@.+-])@([\p{L}\p{N}'.-]*(?: [\p{L}\p{N}'.-]*){0,3})$/u;

for (const field of document.querySelectorAll("[data-mention]")) {
  const people = document.getElementById(field.dataset.mention);
  const names = [...(people?.children ?? [])].map((each) => each.textContent);
  if (names.length > 0) offer(field, names, people.dataset.label);
}

function offer(field, names, label) {
  const list = document.createElement("ul");
  list.className = "mention-list nobullet-list";
  list.id = `${field.id}-names`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.hidden = true;
  field.after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("autocomplete", "off");
  let at = 0;

  field.addEventListener("input", show);
  field.addEventListener("click", show);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) mark((at + move + list.children.length) % list.children.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(list.children[at].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  // before the field loses the focus
  list.addEventListener("mousedown", (event) => {
    const chosen = event.target.closest("li");
    event.preventDefault();
    if (chosen) choose(chosen.textContent);
  });

  function begun() {
    return field.selectionStart === field.selectionEnd
      ? CALL.exec(field.value.slice(0, field.selectionStart))
      : null;
  }

  function show() {
    const call = begun();
    const typed = call?.[2].toLocaleLowerCase() ?? "";
    const found = call
      ? names.filter((name) => fits(name.toLocaleLowerCase(), typed) && name.toLocaleLowerCase() !== typed.trim())
      : [];
    if (found.length === 0) return close();
    list.replaceChildren(...found.slice(0, MOST).map(option));
    list.hidden = false;
    mark(0);
  }

  function option(name, number) {
    const item = document.createElement("li");
    item.id = `${list.id}-${number}`;
    item.setAttribute("role", "option");
    item.textContent = name;
    return item;
  }

  function mark(number) {
    at = number;
    for (const [each, item] of [...list.children].entries()) item.setAttribute("aria-selected", each === at);
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function choose(name) {
    const start = field.selectionStart - begun()[2].length;
    field.setRangeText(`${name} `, start, field.selectionStart, "end");
    close();
    field.focus();
  }

  function close() {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  }
}

// the beginning of the name, or of one of its words
function fits(name, typed) {
  return name.startsWith(typed) || name.split(" ").some((word) => word.startsWith(typed));
}
