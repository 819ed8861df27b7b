// Comforts of an API's page; all of it works without them.
(() => {
  "use strict";
  const page = document.querySelector("[data-copy]");
  if (!page) return;

  for (const block of document.querySelectorAll("pre.curl")) {
    if (!navigator.clipboard) break;
    const text = block.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = page.dataset.copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        return;
      }
      button.textContent = page.dataset.copied;
      setTimeout(() => { button.textContent = page.dataset.copy; }, 2000);
    });
    block.append(button);
  }

  // What is typed hides what does not match, where the whole list is on the page; the button still asks the server.
  const field = document.querySelector("#find");
  if (!field || document.querySelector(".pager") || field.value) return;
  const items = [...document.querySelectorAll(".operations li")].map((item) => [item, fold(item.textContent)]);
  const groups = [...document.querySelectorAll(".group")];
  const count = document.querySelector("[data-found]");
  const total = count.textContent;
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/u);
    for (const [item, text] of items) item.hidden = !words.every((word) => text.includes(word));
    for (const group of groups) group.hidden = !group.querySelector(".operations li:not([hidden])");
    const found = items.filter(([item]) => !item.hidden).length;
    count.textContent = found === items.length ? total : count.dataset.found.replace("{found}", found);
  });

  function fold(text) {
    return text.normalize("NFKC").toLowerCase();
  }
})();
