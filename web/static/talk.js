// Talking about a text: a comment on the words one has selected, and names completed as one types. Every form works without this file; it holds no words.
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

  // --- names: after an @ in [data-people] the group's members are offered in a list box -------------------------------
  // The focus stays in the field; arrows choose, Enter or Tab takes, Escape leaves.

  const BEGUN = /(?:^|[\s(])@["“]?([\p{L}\p{M}][\p{L}\p{M}'’. -]{0,40})?$/u;
  const open = { field: null, list: null, from: 0 };
  let taken = ""; // what stood before the caret when a name was taken: nothing more to offer there
  let asking = null;

  const options = () => [...open.list.children];
  const chosen = () => open.list.querySelector("[aria-selected=true]");

  async function complete(field) {
    asking?.abort();
    const before = field.value.slice(0, field.selectionStart);
    const found = BEGUN.exec(before);
    if (!found || before === taken || field.selectionStart !== field.selectionEnd) return close();
    const { signal } = asking = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.people}?q=${encodeURIComponent(found[1] ?? "")}`, { signal });
      const html = answer.ok ? (await answer.text()).trim() : "";
      if (signal.aborted) return;
      if (!html) return close();
      show(field, html, before.lastIndexOf("@"));
    } catch { if (!signal.aborted) close(); }
  }

  function show(field, html, from) {
    if (open.field !== field) close();
    if (!open.list) {
      open.list = document.createElement("ul");
      open.list.className = "people";
      open.list.id = "people";
      open.list.setAttribute("role", "listbox");
      open.list.setAttribute("aria-label", field.dataset.peopleLabel);
      open.list.addEventListener("pointerdown", (event) => {
        event.preventDefault(); // the focus stays in the field
        const option = event.target.closest("[role=option]");
        if (option) take(option);
      });
      field.after(open.list);
      field.setAttribute("aria-autocomplete", "list");
      field.setAttribute("aria-controls", "people");
    }
    Object.assign(open, { field, from });
    open.list.innerHTML = html;
    mark(options()[0]);
    const live = document.getElementById("live");
    if (live) live.textContent = options()[0].dataset.announce;
  }

  function mark(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    open.field.setAttribute("aria-activedescendant", option.id);
  }

  function take(option) {
    const { field, from } = open;
    field.setRangeText(`@${option.dataset.name} `, from, field.selectionStart, "end");
    taken = field.value.slice(0, field.selectionStart);
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function close() {
    asking?.abort();
    open.list?.remove();
    for (const name of ["aria-autocomplete", "aria-controls", "aria-activedescendant"]) open.field?.removeAttribute(name);
    Object.assign(open, { field: null, list: null });
  }

  document.addEventListener("input", ({ target }) => { if (target.matches?.("[data-people]")) complete(target); });
  document.addEventListener("focusout", ({ target }) => { if (target === open.field) close(); });
  document.addEventListener("keydown", (event) => {
    if (!open.list || event.target !== open.field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = options();
    const here = all.indexOf(chosen());
    if (event.key === "ArrowDown") mark(all[(here + 1) % all.length]);
    else if (event.key === "ArrowUp") mark(all[(here - 1 + all.length) % all.length]);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) take(all[here]);
    else if (event.key === "Escape") close();
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return close();
    else return;
    event.preventDefault();
  }, true);
})();
