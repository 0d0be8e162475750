// Talks without reloading the page. Everything the shop says is put in as text, never as markup.
(() => {
  "use strict";
  const log = document.getElementById("log");
  const composer = document.getElementById("composer");
  const press = document.getElementById("press");
  const typing = document.getElementById("typing");
  if (!log || !composer || !press || !window.fetch) return;

  const input = composer.elements.namedItem("text");
  const send = composer.querySelector(".send");
  const kept = `headwater-chat${location.search}`;
  const market = new URL(composer.action).search;
  let conversation = composer.elements.namedItem("conversation").value;
  let turns = [];
  let busy = false;

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const lines = (text, parent) => {
    for (const line of text.split("\n").map((line) => line.trim()).filter(Boolean)) {
      parent.append(make("p", "", line));
    }
    return parent;
  };

  // Only addresses of the web lead anywhere.
  const safe = (address) => {
    try {
      const url = new URL(address, location.href);
      return ["https:", "http:"].includes(url.protocol) ? url.href : null;
    } catch {
      return null;
    }
  };

  const button = ({ label, action }, of) => {
    const element = make("button", "", label);
    element.type = "submit";
    element.name = "action";
    element.value = JSON.stringify(action);
    element.setAttribute("form", "press");
    if (of) element.setAttribute("aria-label", `${label}: ${of}`);
    return element;
  };

  const card = (card) => {
    const item = make("li", "card");
    const picture = card.image && safe(card.image.url);
    if (picture) {
      const image = make("img");
      image.loading = "lazy";
      image.alt = card.image.alt;
      image.width = card.image.width;
      image.height = card.image.height;
      image.src = picture;
      item.append(image);
    }
    const text = make("div", "card-text");
    const title = make("h3");
    const link = card.link && safe(card.link);
    if (link) {
      const anchor = make("a", "", card.title);
      anchor.href = link;
      title.append(anchor);
    } else {
      title.textContent = card.title;
    }
    text.append(title);
    lines(card.subtitle || "", text);
    if (card.price) {
      const price = make("p", "price");
      if (card.was) price.append(make("s", "", card.was), " ");
      price.append(card.price);
      text.append(price);
    }
    item.append(text);
    if (card.buttons && card.buttons.length) {
      const buttons = make("div", "card-buttons");
      buttons.append(...card.buttons.map((each) => button(each, card.title)));
      item.append(buttons);
    }
    return item;
  };

  const part = (part) => {
    switch (part.kind) {
      case "text":
        return lines(part.text, make("div", "bubble"));
      case "cards": {
        const cards = make("ul", "cards");
        cards.append(...part.cards.map(card));
        return cards;
      }
      case "choices": {
        const choices = make("div", "choices");
        choices.append(...part.buttons.map((each) => button(each)));
        return choices;
      }
      case "link": {
        const link = make("a", "way-out", part.label);
        const address = safe(part.url);
        if (address) link.href = address;
        const line = make("p");
        line.append(link);
        return line;
      }
      default:
        return document.createTextNode("");
    }
  };

  // Only the log scrolls, never the page around it.
  const reveal = (element, behavior) => {
    const top = element.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop - 16;
    log.scrollTo({ top, behavior });
  };

  const who = (name) => make("span", "unseen", `${name}:`);

  const show = (turn) => {
    if (turn.asked) {
      const mine = make("div", "turn you");
      const bubble = make("div", "bubble");
      const said = make("p", "", turn.asked);
      said.dir = "auto";
      bubble.append(said);
      mine.append(who(log.dataset.you), bubble);
      log.append(mine);
      if (!turn.parts) return mine;
    }
    const theirs = make("div", turn.error ? "turn shop failed" : "turn shop");
    if (turn.language) {
      theirs.lang = turn.language;
      theirs.dir = turn.direction;
    }
    theirs.append(who(log.dataset.shop), ...turn.parts.map(part));
    log.append(theirs);
    return theirs;
  };

  const keep = () => {
    try {
      sessionStorage.setItem(kept, JSON.stringify({ conversation, turns: turns.slice(-20) }));
    } catch {
      // A full or forbidden store: the conversation lasts until the page is left.
    }
  };

  const say = async (message, asked) => {
    if (busy) return;
    busy = true;
    send.disabled = true;
    const mine = asked ? show({ asked }) : null;
    typing.hidden = false;
    reveal(mine || log.lastElementChild);
    let turn;
    let reached = true;
    try {
      const answer = await fetch(`/chat/messages${market}`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ ...message, conversation }),
      });
      turn = await answer.json();
      if (!Array.isArray(turn.parts)) throw new TypeError("no reply");
      conversation = turn.conversation || conversation;
    } catch {
      reached = false;
      turn = { error: "offline", parts: [{ kind: "text", text: log.dataset.offline }] };
    }
    typing.hidden = true;
    delete turn.conversation;
    show(turn);
    turns.push({ ...turn, asked });
    keep();
    if (!reached && message.text) input.value = message.text;
    busy = false;
    send.disabled = false;
    reveal(mine || log.lastElementChild);
  };

  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text || busy) return;
    input.value = "";
    say({ text }, text);
  });

  press.addEventListener("submit", (event) => {
    event.preventDefault();
    const pressed = event.submitter;
    if (!pressed) return;
    say({ action: JSON.parse(pressed.value) }, pressed.getAttribute("aria-label") || pressed.textContent);
    input.focus({ preventScroll: true });
  });

  document.getElementById("again").addEventListener("click", () => sessionStorage.removeItem(kept));

  // What was said before this page was loaded anew.
  try {
    const before = JSON.parse(sessionStorage.getItem(kept));
    if (before && log.children.length === 1) {
      conversation = before.conversation;
      turns = before.turns;
      turns.forEach(show);
    }
  } catch {
    sessionStorage.removeItem(kept);
  }
  if (turns.length) reveal(log.lastElementChild, "instant");
})();
