// A screen reader announces what changes in a status region, not what stands there when the page comes: put the words in once more.
(() => {
  const region = document.querySelector(".pg-messages[role=status]");
  if (!region) return;
  const words = [...region.childNodes];
  setTimeout(() => {
    region.replaceChildren(...words);
    region.dataset.announced = "yes";
  }, 300);
})();
