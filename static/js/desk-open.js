// Makes the key out of the PIN where it is typed, so that it is not asked for twice.
(() => {
  const form = document.querySelector("#desk-pin form");
  const pin = form && form.elements.pin;
  if (!pin || !DeskVault.usable) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      if (/^[0-9]{6}$/.test(pin.value.trim())) await DeskVault.prepare(pin.value.trim());
    } finally {
      form.submit();
    }
  });
})();
