// Talking about a text: a comment on the words one has selected. Every form works without this file; it holds no words.
(() => {
  "use strict";

  // --- words selected in [data-part] offer a comment on them: the link [data-offer] comes to stand below --------------

  const MOST = 1000;
  const offer = document.querySelector("[data-offer]");
  let waiting = 0;

  /** What is selected within one part of the text, and how many characters of the part come before it. */
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const part = range.startContainer.parentElement?.closest("[data-part]");
    const words = selection.toString().trim();
    if (!part?.contains(range.endContainer) || !words || words.length > MOST) return null;
    const before = document.createRange();
    before.selectNodeContents(part);
    before.setEnd(range.startContainer, range.startOffset);
    return { passage: words, part: part.dataset.part, near: before.toString().length, box: range.getBoundingClientRect() };
  }

  function propose() {
    const found = selected();
    offer.hidden = !found;
    if (!found) return;
    const { box, ...asked } = found;
    const address = new URL(offer.href);
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
    offer.href = address;
    const frame = offer.offsetParent?.getBoundingClientRect() ?? { top: -scrollY, left: -scrollX };
    offer.style.top = `${box.bottom - frame.top + 8}px`;
    offer.style.left = `${Math.max(0, Math.min(box.left, innerWidth - offer.offsetWidth - 16) - frame.left)}px`;
  }

  if (offer) {
    document.addEventListener("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(propose, 150);
    });
    offer.addEventListener("click", (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      offer.hidden = true;
      htmx.ajax("GET", offer.href, { target: "#comment-form", swap: "outerMorph" });
    });
  }
})();
