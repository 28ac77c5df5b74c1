// Ticks the sections that are filled in, and asks for the name of an organisation only where it is not in the list.
// The page works without: the server ticks nothing and asks always.
(() => {
  const form = document.getElementById("registration");
  const list = document.querySelector(".pg-steps[data-done]");
  if (!form || !list) return;

  const isOptional = (field) => Boolean(field.querySelector(".pg-optional"));
  const isAnswered = (field) =>
    Array.from(field.querySelectorAll("input, select, textarea")).some((control) =>
      /^(radio|checkbox)$/.test(control.type) ? control.checked : control.value.trim() !== ""
    );
  const needsTick = (field) => Boolean(field.querySelector("#id_privacy_accepted"));
  const isCheckbox = (field) => Boolean(field.querySelector("input[type=checkbox]"));
  const sections = Array.from(form.querySelectorAll(".pg-section"));
  let furthest = -1; // the last section somebody has been in
  // A section where nothing is required is done once somebody has been in it or has gone past it.
  const isDone = (section) => {
    const needed = Array.from(section.querySelectorAll(".pg-field:not([hidden])")).filter(
      (field) => !isOptional(field) && (!isCheckbox(field) || needsTick(field))
    );
    return needed.length ? needed.every(isAnswered) : sections.indexOf(section) <= furthest;
  };

  const tick = () => {
    for (const link of list.querySelectorAll("a")) {
      const done = isDone(document.getElementById(link.hash.slice(1)).closest("section"));
      const item = link.closest("li");
      if (item.classList.contains("pg-step-done") === done) continue;
      item.className = done ? "pg-step-done" : "pg-step-todo";
      link.nextElementSibling?.remove();
      if (done) link.insertAdjacentHTML("afterend", ' <span class="visually-hidden"></span>');
      if (done) link.nextElementSibling.textContent = list.dataset.done;
    }
  };

  const body = form.elements.body;
  const organisation = document.getElementById("div_id_organisation");
  const fit = () => {
    if (body) organisation.hidden = body.value !== "other" && form.elements.organisation.value === "";
    const arrival = form.elements.arrives_on;
    if (arrival?.value) form.elements.departs_on.min = arrival.value;
  };

  form.addEventListener("focusin", (event) => {
    furthest = Math.max(furthest, sections.indexOf(event.target.closest(".pg-section")));
    tick();
  });
  form.addEventListener("input", () => { fit(); tick(); });
  window.addEventListener("pageshow", () => { fit(); tick(); });
})();
