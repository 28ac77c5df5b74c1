/* Open filters close with Escape or a click elsewhere; without this script they still open and close, one at a time.
   Cells of the list take their column's name, which a phone shows before each. */
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

  const names = [...document.querySelectorAll("#result_list thead th")].map((cell) => cell.textContent.trim());
  for (const row of document.querySelectorAll("#result_list tbody tr")) {
    [...row.children].forEach((cell, column) => { if (cell.tagName === "TD" && names[column]) { cell.dataset.label = names[column]; } });
  }
}
