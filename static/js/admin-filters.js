/* Open filters close with Escape or a click elsewhere. Without this script they still open and close, one at a time. */
"use strict";
{
  const open = () => document.querySelector("details.pg-filter[open]");

  document.addEventListener("click", (event) => {
    const chip = open();
    if (chip && !chip.contains(event.target)) { chip.open = false; }
  });
  document.addEventListener("keydown", (event) => {
    const chip = open();
    if (chip && event.key === "Escape") { chip.open = false; chip.querySelector("summary").focus(); }
  });
}
