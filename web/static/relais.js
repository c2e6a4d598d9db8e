// Relais in the browser: drafts that survive, focus that stays, keys, and a way out when a request fails.
// Every page and form works without this file. It holds no words: they come from data-word-* on <body>.
(() => {
  "use strict";

  const words = document.body.dataset;
  const store = (() => { try { localStorage.getItem(""); return localStorage; } catch { return null; } })();
  const first = (selector, root = document) => (root.matches?.(selector) ? root : root.querySelector?.(selector)) ?? null;
  const typing = (element) => element?.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") ?? false;

  // --- saying: one polite region, there from the start ----------------------------------------------------------------

  function say(text) {
    const live = document.getElementById("live");
    if (live && text) live.textContent = text;
  }

  // --- drafts: <textarea data-draft="comment:guichet-unique">, kept on this device until the form is taken ------------
  // <form data-drafts="entry:guichet-unique"> keeps every field one writes in, each under its own name.
  // The key of a text ends with its base revision (text:guichet-unique:fr:4): a draft must not return over a newer text. A form with
  // `data-older` takes one from an earlier revision together with that base, so that its save is merged; one that is saved forgets them
  // all, and those of `data-clears`.

  const PREFIX = "relais:draft:";
  const KEPT = 30 * 24 * 3600 * 1000;
  const WRITTEN = "textarea, input:not([type]), input[type=text], input[type=url]";
  const changed = new Set();
  const draft = (field) => field.dataset?.draft || (field.matches?.(WRITTEN) && field.form?.dataset.drafts ? `${field.form.dataset.drafts}:${field.name}` : "");
  const written = (root) => [root, ...root.querySelectorAll(WRITTEN)].filter(draft);

  function keep() {
    for (const field of changed) {
      const key = PREFIX + draft(field);
      try {
        if (field.value && field.value !== field.defaultValue) store?.setItem(key, JSON.stringify({ text: field.value, at: Date.now() }));
        else store?.removeItem(key);
      } catch { /* full or forbidden: the text is still in the field */ }
    }
    changed.clear();
  }

  const stored = (start) => Object.keys(store ?? {}).filter((name) => name.startsWith(PREFIX + start));
  const stem = (form) => form.dataset.drafts?.match(/^(.*:)\d+$/)?.[1]; // a key without its base
  const bases = (stem) => [...new Set(stored(stem).map((name) => name.slice(PREFIX.length + stem.length).match(/^(\d+):/)?.[1]).filter(Boolean).map(Number))];

  function forgetText(form) {
    for (const start of [stem(form), form.dataset.clears].filter(Boolean)) {
      for (const base of bases(start)) stored(`${start}${base}:`).forEach((name) => store.removeItem(name));
    }
  }

  function older(form) {
    const start = stem(form), base = form.elements.base;
    const found = start ? bases(start) : [];
    if (!found.length || !base || found.includes(Number(base.value)) || Math.max(...found) > Number(base.value)) return;
    base.value = Math.max(...found);
    form.dataset.drafts = start + base.value;
  }

  function forget(key) {
    if (!store) return;
    const gone = key === "*" ? stored("") : [PREFIX + key];
    gone.forEach((name) => store.removeItem(name));
    for (const field of changed) if (key === "*" || draft(field) === key) changed.delete(field);
  }

  function restore(root) {
    for (const form of [root, ...root.querySelectorAll("form[data-older]")]) if (form.matches?.("form[data-older]")) older(form);
    for (const field of written(root)) {
      let kept = null;
      try { kept = JSON.parse(store?.getItem(PREFIX + draft(field)) ?? "null"); } catch { /* not ours */ }
      if (!kept || Date.now() - kept.at > KEPT || field.value !== field.defaultValue || field.value === kept.text) continue;
      field.value = kept.text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      for (let folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
      const note = first("[data-draft-note]", field.closest(".field") ?? field) ?? first("[data-draft-note]", field.form ?? field);
      note?.removeAttribute("hidden");
      say(words.wordDraft);
    }
  }

  document.addEventListener("input", ({ target }) => { if (draft(target)) changed.add(target); });
  document.addEventListener("submit", keep, true);
  document.addEventListener("visibilitychange", keep);
  addEventListener("pagehide", keep);
  setInterval(keep, 2000);

  // --- htmx: announcements, focus, failures --------------------------------------------------------------------------

  const asked = new WeakMap(); // request → where the focus was and its home, and what was made busy: an answer may go elsewhere
  const live = (ctx) => ctx?.sourceElement?.closest?.("[hx-sse\\:connect], [data-quiet]");

  let held = null; // what had the focus last
  document.addEventListener("focusin", ({ target }) => { held = target; });

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const busy = live(ctx) ? null : ctx.target;
    // A box that is disabled while it is sent loses the focus first, in some browsers at once.
    const from = document.activeElement === document.body && ctx.sourceElement?.contains?.(held) ? held : document.activeElement;
    asked.set(ctx, { from, home: from?.closest("[data-home]")?.dataset.home, busy });
    busy?.setAttribute?.("aria-busy", "true");
  });

  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const { status } = ctx.response;
    if (status < 200 || status > 299) return;
    if (!live(ctx)) toast.close();
    // Only what the form itself sent was taken: a button with a request of its own (a preview) leaves draft and fields alone.
    const form = ctx.request.method === "GET" || ctx.sourceElement !== ctx.request.form ? null : ctx.request.form;
    for (const field of form ? written(form) : []) forget(draft(field));
    if (form) forgetText(form);
    if (form?.matches("[data-reset]")) form.reset();
  });

  document.addEventListener("htmx:after:settle", ({ detail: { task, newContent } }) => {
    const parts = newContent.filter((node) => node instanceof Element && node.isConnected);
    for (const part of parts) {
      restore(part);
      const news = first("[data-announce]", part);
      if (news) say(news.dataset.announce || news.textContent.trim());
    }
    if (task.type === "oob" || live(task)) return; // what arrives by itself moves nothing
    const wanted = parts.map((part) => first("[data-focus]", part)).find(Boolean);
    if (wanted) focus(wanted);
  });

  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const { from: before, home, busy } = asked.get(ctx) ?? {};
    busy?.removeAttribute?.("aria-busy");
    setTimeout(() => { // after htmx has given disabled elements back
      if (live(ctx) || document.activeElement !== document.body) return;
      if (!before || before === document.body) return;
      const place = [before, before.id && document.getElementById(before.id), home && document.getElementById(home), ctx.target, ctx.sourceElement].find((element) => element?.isConnected);
      focus(place ?? document.getElementById("main"));
    });
  });

  document.addEventListener("htmx:error", ({ detail: { ctx } }) => { if (ctx && !live(ctx)) toast.failed(ctx); });
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    const shown = !htmx.config.noSwap.some((pattern) => new RegExp(`^${String(pattern).replaceAll("x", "\\d")}$`).test(ctx.response.status));
    if (!shown && !live(ctx) && !ctx.hx.redirect && !ctx.hx.location) toast.failed(ctx, ctx.response.status);
  });

  function focus(element) {
    if (!element) return;
    if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) element.setAttribute("tabindex", "-1");
    element.focus();
  }

  // --- toast: the request failed, here is the way out -------------------------------------------------------------------

  const toast = {
    box: null,
    close() { this.box?.remove(); this.box = null; },
    failed(ctx, status) {
      this.close();
      const box = this.box = document.createElement("div");
      box.className = "toast";
      box.setAttribute("role", "alert");
      document.body.append(box);
      const text = document.createElement("span");
      text.textContent = words[`wordFailed-${status}`] ?? words[navigator.onLine ? "wordFailed" : "wordOffline"] ?? "";
      const source = ctx.sourceElement;
      const tick = source.matches?.("[data-undo]") ? first("input[type=checkbox]", source) : null; // ticked at once: not so after all
      const wanted = tick?.checked;
      if (tick) tick.checked = tick.defaultChecked;
      const back = () => { this.close(); if (source.isConnected) focus(ctx.request.submitter ?? source); };
      box.append(text, this.button(words.wordRetry, () => {
        back();
        if (tick) tick.checked = wanted;
        if (source.isConnected) htmx.ajax(ctx.request.method, ctx.request.action, { source, event: ctx.sourceEvent });
        else location.reload();
      }), this.button(words.wordClose, back));
    },
    button(word, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = word ?? "";
      button.addEventListener("click", act);
      return button;
    },
  };

  // --- keys: data-key="g r" on a link, button, field or dialog; j and k walk [data-row]; all single keys can be turned off

  const KEYS_OFF = "relais:keys-off";
  const off = () => store?.getItem(KEYS_OFF) === "1";
  let prefix = "";

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const at = document.activeElement;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at?.form?.matches("[method=post]")) {
      event.preventDefault();
      return at.form.requestSubmit();
    }
    if (event.key === "Escape") return leave(at);
    if (event.ctrlKey || event.metaKey || event.altKey || off() || typing(at) || first("dialog[open]")) return;
    const keys = prefix + event.key;
    prefix = event.key === "g" && !prefix ? "g " : "";
    if (prefix) return setTimeout(() => { prefix = ""; }, 1500);
    if (keys === "j" || keys === "k") walk(keys === "j" ? 1 : -1, event);
    else if (keys === "o") at?.closest("[data-row]")?.querySelector("a[href]")?.click();
    else press([...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === keys && reachable(element)), event);
  });

  const reachable = (element) => element.matches("dialog") || element.checkVisibility();

  function press(element, event) {
    if (!element) return;
    event.preventDefault();
    if (element.matches("dialog")) element.showModal();
    else if (typing(element)) element.focus();
    else if (element.matches("a, button, summary, input")) element.click();
    else { element.scrollIntoView({ block: "center" }); focus(element); }
  }

  function walk(step, event) {
    const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
    if (!rows.length) return;
    const here = rows.indexOf(document.activeElement?.closest("[data-row]"));
    const row = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + step, 0), rows.length - 1)];
    event.preventDefault();
    focus([...row.querySelectorAll("a[href], summary")].find((element) => element.checkVisibility()) ?? row); // a folded thread: its summary
  }

  function leave(at) {
    if (first("dialog[open]")) return;
    toast.close();
    const menu = first("details.menu[open]");
    if (menu) { menu.open = false; return menu.querySelector("summary").focus(); }
    if (!typing(at)) return;
    keep();
    const way = first("[data-leave]", at.form ?? at);
    at.blur();
    way?.focus();
    way?.click();
  }

  document.addEventListener("click", ({ target }) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
    if (target.closest?.("[data-close]")) target.closest("dialog")?.close();
    if (target.closest?.("[data-print]")) print();
    const dropped = target.closest?.("[data-drop]")?.form;
    if (dropped) {
      written(dropped).forEach((field) => forget(draft(field)));
      forgetText(dropped);
      location.reload();
    }
  });

  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-keys-off]")) target.checked ? store?.setItem(KEYS_OFF, "1") : store?.removeItem(KEYS_OFF);
    if (target.matches("[data-submit]")) target.form?.requestSubmit();
  });

  // --- an address that names what is folded away unfolds it ------------------------------------------------------------

  function unfold() {
    const named = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    for (let folded = named?.querySelector(":scope > details.fold") ?? named?.closest("details"); folded; folded = folded.parentElement.closest("details")) {
      if (!folded.open) { folded.open = true; named.scrollIntoView(); }
    }
  }
  addEventListener("hashchange", unfold);

  // --- the line is down -------------------------------------------------------------------------------------------------

  function line() {
    document.querySelectorAll("[data-offline]").forEach((note) => { note.hidden = navigator.onLine; });
    if (!navigator.onLine) say(words.wordOffline);
  }
  addEventListener("online", line);
  addEventListener("offline", line);

  // --- at load ------------------------------------------------------------------------------------------------------------

  document.querySelectorAll("meta[name=draft-clear]").forEach((meta) => meta.content.split(/\s+/).forEach(forget));
  document.querySelectorAll("[data-keys-off]").forEach((box) => { box.checked = off(); });
  document.documentElement.dataset.scripted = "";
  document.querySelectorAll("[data-script]").forEach((element) => { element.hidden = false; });
  if (!navigator.onLine) line();
  restore(document);
  unfold();
  if (!location.hash) { const wanted = first("[data-focus]"); if (wanted) focus(wanted); } // error summary of a plain form
})();
