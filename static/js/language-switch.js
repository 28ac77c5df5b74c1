// On a form, the header's language link leads to the button that keeps what was typed; with this script it presses it at once.
(() => {
  const button = document.getElementById("other-language");
  document.querySelector("a[href='#other-language']")?.addEventListener("click", (event) => {
    event.preventDefault();
    button.click();
  });
})();
