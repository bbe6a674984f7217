// Passkeys: the browser's own ceremony in front of a form of the server, which gets the answer as JSON.
//   <form data-passkey="create|get" data-options="…" or data-options-url="…"> with an input named “credential”.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What the server wrote, with its ids and challenges as bytes. */
function readable({ publicKey }, passwordless) {
  const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (publicKey.user) options.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  if (publicKey.excludeCredentials) options.excludeCredentials = named(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) options.allowCredentials = named(publicKey.allowCredentials);
  if (passwordless !== undefined) {
    options.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: passwordless ? "required" : "discouraged",
      requireResidentKey: passwordless,
      ...(passwordless && { userVerification: "required" }),
    };
  }
  return { publicKey: options };
}

/** The browser's answer in the form that the server reads. */
function written(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const found = parts.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...Object.fromEntries(found), transports: response.getTransports?.() ?? [] },
  });
}

async function wanted(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(form.dataset.optionsUrl, { headers });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

async function ceremony(form) {
  const ticked = form.querySelector('input[type="checkbox"][name="passwordless"]')?.checked;
  const options = readable(await wanted(form), ticked);
  const act = form.dataset.passkey === "create" ? "create" : "get";
  form.querySelector('[name="credential"]').value = written(await navigator.credentials[act](options));
  form.submit();
}

const here = Boolean(window.PublicKeyCredential);
for (const form of document.querySelectorAll("[data-passkey]")) {
  form.hidden = !here;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fault = form.querySelector("[data-passkey-fault]");
    fault.hidden = true;
    ceremony(form).catch(() => { fault.hidden = false; });
  });
}
for (const notice of document.querySelectorAll("[data-passkey-missing]")) notice.hidden = here;
