// Says in words what went wrong with a key or passkey, and shows their buttons only where the browser can use them.
(() => {
  if (window.PublicKeyCredential) document.querySelectorAll("[data-needs-keys]").forEach((element) => { element.hidden = false; });
  document.addEventListener("allauth.error", (event) => {
    const place = document.querySelector("[data-key-problem]");
    if (!place) return;
    event.preventDefault();
    const name = event.detail.exception?.name ?? "";
    const words = place.dataset[name.charAt(0).toLowerCase() + name.slice(1)] ?? place.dataset.error;
    place.querySelector("p").textContent = words;
    place.hidden = false;
  });
})();
