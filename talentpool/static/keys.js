// Security keys: the page's question is put to the browser, and the key's answer sent with the form.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

const asked = {
  create: (question) => navigator.credentials.create({
    publicKey: {
      ...question,
      challenge: bytes(question.challenge),
      user: { ...question.user, id: bytes(question.user.id) },
      excludeCredentials: named(question.excludeCredentials),
    },
  }),
  get: (question) => navigator.credentials.get({
    publicKey: {
      ...question,
      challenge: bytes(question.challenge),
      allowCredentials: named(question.allowCredentials),
    },
  }),
};

const written = ({ id, rawId, type, response }) => JSON.stringify({
  id,
  rawId: text(rawId),
  type,
  clientExtensionResults: {},
  response: Object.fromEntries(
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
      .filter((part) => response[part])
      .map((part) => [part, text(response[part])]),
  ),
});

for (const form of document.querySelectorAll("form[data-tp-key]")) {
  if (!window.PublicKeyCredential) break;
  const ask = form.querySelector("[data-tp-ask]");
  const failed = form.querySelector("[data-tp-failed]");
  form.querySelector("[data-tp-without]").hidden = true;
  ask.hidden = false;

  const answer = async () => {
    failed.hidden = true;
    try {
      const credential = await asked[form.dataset.tpKey](JSON.parse(form.dataset.tpQuestion));
      form.elements.credential.value = written(credential);
      form.submit();
    } catch {
      failed.hidden = false;
      ask.focus();
    }
  };
  ask.addEventListener("click", answer);
  // Enter in the field that names the key does what its button does.
  form.addEventListener("submit", (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    event.stopPropagation();
    answer();
  });
}
