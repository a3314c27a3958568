// Passkeys. <form data-passkey="make" | "use" data-options="id"> asks the browser for a passkey with the options in the
// JSON element of that id, puts the answer into its hidden field "credential" and is sent.

const FIELDS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) show(form, "absent");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form).catch(() => show(form, "failed"));
  });
}

async function ask(form) {
  show(form, null);
  const given = JSON.parse(document.getElementById(form.dataset.options).textContent);
  const made = form.dataset.passkey === "make";
  const { publicKey } = made ? given.creation_options : given.request_options;
  const options = { publicKey: inBytes(publicKey) };
  const credential = await (made ? navigator.credentials.create(options) : navigator.credentials.get(options));
  form.elements.credential.value = JSON.stringify(inText(credential));
  form.submit();
}

/** Options as the server writes them, with the bytes that the browser wants. */
function inBytes(options) {
  const listed = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.allowCredentials && { allowCredentials: listed(options.allowCredentials) }),
    ...(options.excludeCredentials && { excludeCredentials: listed(options.excludeCredentials) }),
  };
}

/** A credential as JSON: every buffer as base64 for addresses. */
function inText(credential) {
  const response = {};
  for (const name of FIELDS) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function show(form, what) {
  for (const name of ["failed", "absent"]) {
    const said = form.querySelector(`[data-passkey-${name}]`);
    if (said) said.hidden = name !== what;
  }
}
