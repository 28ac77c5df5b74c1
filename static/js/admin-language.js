// The header's language link on pages with a form. Nothing typed: it goes on at once. Something typed: it leads to the button that keeps
// it, and where a page has none the browser asks before it is lost.
"use strict";
{
  const link = document.getElementById("language-link");
  const keeps = document.getElementById("other-language");
  const forms = document.querySelectorAll("#content form[method=post]");
  const answers = () => JSON.stringify([...forms].map((form) => [...new FormData(form)].map(([name, value]) => [name, value.name ?? value])));
  let before = document.querySelector("#content .errorlist") ? "refused, so typed" : "";
  window.addEventListener("load", () => { before ||= answers(); });
  // There from the start: a browser may pass over a handler that is as young as the click.
  let mayAsk = false;
  if (forms.length && !keeps) window.addEventListener("beforeunload", (leaving) => { if (mayAsk) leaving.preventDefault(); mayAsk = false; });

  if (forms.length) link?.addEventListener("click", (event) => {
    const typed = answers() !== before;
    if (keeps) {
      event.preventDefault();
      if (typed) keeps.focus(); else location.assign(link.dataset.twin);
    } else {
      mayAsk = typed;
    }
  });
}
