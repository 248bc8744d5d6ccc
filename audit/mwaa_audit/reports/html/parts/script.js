"use strict";
// Filters, kept in the part of the address behind `#`. Without this script the page shows everything.
(() => {
  const form = document.getElementById("filters");
  const networks = [...document.querySelectorAll(".network")];
  const tools = document.querySelector(".tools");

  const reveal = () => {
    const meant = /^#[\w-]+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!meant) return;
    for (let at = meant; at; at = at.parentElement?.closest("details")) if (at.matches("details")) at.open = true;
    meant.scrollIntoView();
    meant.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);

  // Of what is folded, paper shows the networks; later they are as they were.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = networks.filter((each) => !each.open && !each.hidden);
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
  });

  if (networks.length > 1) {
    tools.hidden = false;
    const all = (open) => () => {
      for (const each of networks) each.open = open;
    };
    document.getElementById("unfold").addEventListener("click", all(true));
    document.getElementById("fold").addEventListener("click", all(false));
  }

  if (!form) return reveal();
  const levels = [...form.elements.level.length ? form.elements.level : [form.elements.level]];
  const { check, stack, text } = form.elements;
  const status = document.getElementById("status");
  const none = document.getElementById("none");
  const read = (each) => each.textContent.toLowerCase();
  // What an element says is read when somebody looks for words, and once.
  const described = (element, more = () => "") => {
    let text;
    return {
      element,
      kind: element.dataset.kind,
      check: element.dataset.check,
      stacks: element.dataset.stacks.split("\n"),
      says: () => (text ??= `${read(element)} ${more()}`),
    };
  };
  const judged = networks.map((element) => {
    let title;
    let text;
    const called = () => (title ??= read(element.querySelector("summary")));
    // The network itself, beside what is told of it: its picture and its tables.
    const parts = () => [...element.querySelectorAll(".picture text, .tables")].map(read).join(" ");
    const shows = () => (text ??= `${called()} ${parts()}`);
    const entries = [...element.querySelectorAll(".entry")].map((each) => described(each, called));
    return { element, shows, entries };
  });
  const beside = [...document.querySelectorAll("main > section > .entry")].map((each) => described(each));
  const messages = new Map([...judged.flatMap((each) => each.entries), ...beside].map((each) => [each.element.id, each]));
  const rows = [...document.querySelectorAll(".told tbody tr")].map((each) =>
    described(each, () => messages.get(each.querySelector("a").hash.slice(1)).says()),
  );
  const hide = (element, yes) => {
    if (element.hidden !== yes) element.hidden = yes;
    return yes;
  };

  const filter = () => {
    const kinds = new Set(levels.filter((each) => each.checked).map((each) => each.value));
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (says) => !words.length || words.every((word) => says().includes(word));
    const chosen = (each) =>
      kinds.has(each.kind) &&
      (!check.value || each.check === check.value) &&
      (!stack.value || each.stacks.includes(stack.value));
    const show = (each) => !hide(each.element, !(chosen(each) && has(each.says)));
    const shown = rows.filter(show).length;
    beside.forEach(show);
    let seen = 0;
    for (const { element, shows, entries } of judged) {
      const whole = has(shows);
      const some = entries.filter((each) => (whole ? !hide(each.element, !chosen(each)) : show(each))).length;
      const plain = !entries.length && kinds.has("right") && !check.value &&
        (!stack.value || element.dataset.stack === stack.value) && whole;
      seen += !hide(element, !some && !plain);
    }
    none.hidden = Boolean(seen) || !judged.length;
    status.textContent = `Shown: ${shown} of ${rows.length} entries, ${seen} of ${judged.length} networks.`;
  };

  const keep = () => {
    const state = new URLSearchParams();
    const chosen = levels.filter((each) => each.checked);
    if (chosen.length < levels.length) state.set("level", chosen.map((each) => each.value).join(","));
    for (const each of [check, stack, text]) if (each.value) state.set(each.name, each.value);
    const address = location.href.split("#")[0];
    history.replaceState(null, "", `${address}${state.size ? `#${state}` : ""}`);
  };

  const restore = (state) => {
    const chosen = state.get("level")?.split(",");
    for (const each of levels) each.checked = !chosen || chosen.includes(each.value);
    for (const each of [check, stack, text]) each.value = state.get(each.name) ?? "";
  };

  const changed = () => {
    keep();
    filter();
  };
  form.hidden = false;
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    restore(new URLSearchParams());
    changed();
  });
  const follow = () => {
    if (location.hash.includes("=")) restore(new URLSearchParams(location.hash.slice(1)));
    filter();
  };
  addEventListener("hashchange", follow);
  follow();
  reveal();
})();
