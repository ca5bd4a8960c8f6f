// One chat as one person sees it: the messages, and everything with which one answers them.

import { bubble } from "/page/bubble.js";
import { post } from "/page/wire.js";

const PLACES = {
  "Potsdam": [52.3989, 13.0657], "Cottbus": [51.7567, 14.3357], "Frankfurt (Oder)": [52.3412, 14.5496],
  "Brandenburg an der Havel": [52.4117, 12.5561], "Eberswalde": [52.8331, 13.8], "Lübben": [51.9375, 13.8978],
  "Prenzlau": [53.3165, 13.8627], "Wittenberge": [53.0036, 11.7547], "Berlin (outside)": [52.5170, 13.3888],
};
const NEAR_THE_END = 80;

export class Talk {
  // `on` is the phone around it, which is told drawn(talk, news), notice(talk, toast), and
  // start(talk, payload) where the answer to a tap is a link to the bot. With open(talk, payload)
  // it also opens such links of texts and buttons; without, they are for somebody new.
  constructor(place, { person, group = null, start = "", on }) {
    this.person = person;
    this.group = group;
    this.startPayload = start;
    this.on = on;
    this.view = group === null ? String(person) : `${person}:${group}`;
    this.username = "";
    this.title = "";
    this.bubbles = new Map();
    this.unread = new Set();
    this.newest = null;
    this.root = document.getElementById("talk").content.firstElementChild.cloneNode(true);
    this.chat = this.find(".chat");
    this.field = this.find("textarea");
    this.find(".places").append(...Object.keys(PLACES).map((name) => new Option(name)));
    this.find(".attach").hidden = group !== null;
    this.bind();
    this.bindMenus();
    place.append(this.root);
    this.stayAtTheEnd();
  }

  close() {
    this.resizes.disconnect();
    this.root.remove();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  get opensHere() {
    return this.on.open !== undefined;
  }

  open(payload) {
    this.on.open(this, payload);
  }

  async send(deed, body = {}) {
    try {
      await post(deed, { person: this.person, chat: this.group, ...body });
    } catch (error) {
      this.on.notice(this, { text: `That did not work: ${error.message}` });
    }
  }

  say(text) {
    return this.send("say", { text });
  }

  start(payload) {
    return this.say(`/start ${payload}`.trim());
  }

  press(message, data) {
    return this.send("press", { message, data });
  }

  get shown() {
    return !this.root.hidden;
  }

  set shown(on) {
    this.root.hidden = !on;
    if (on) this.unread.clear();
  }

  bind() {
    const submit = () => {
      if (!this.field.value.trim()) return;
      this.say(this.field.value);
      this.field.value = "";
      this.grow();
      this.field.focus();
    };
    this.find(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      submit();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit();
    });
    this.field.addEventListener("input", () => this.grow());
    this.find(".begin").addEventListener("click", () => {
      this.start(this.startPayload);
      this.field.focus();
    });
  }

  bindMenus() {
    const commands = this.find(".commands");
    const slash = this.find(".slash");
    slash.addEventListener("click", () => {
      commands.hidden = !commands.hidden;
      slash.setAttribute("aria-expanded", String(!commands.hidden));
      if (!commands.hidden) commands.querySelector("button")?.focus();
    });
    this.find(".locate").addEventListener("click", () => {
      const [latitude, longitude] = PLACES[this.find(".places").value];
      this.send("location", { latitude, longitude });
      this.closeMenus();
    });
    for (const button of this.root.querySelectorAll("[data-kind]")) {
      button.addEventListener("click", () => {
        this.send("attach", { kind: button.dataset.kind });
        this.closeMenus();
      });
    }
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closeMenus();
    });
    this.root.addEventListener("click", (event) => {
      const menu = this.find("details[open]");
      if (menu && !menu.contains(event.target)) menu.open = false;
    });
  }

  closeMenus() {
    this.find(".commands").hidden = true;
    this.find(".slash").setAttribute("aria-expanded", "false");
    this.find(".attach").open = false;
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
  }

  draw(news) {
    this.username = news.bot.username;
    this.title = news.title;
    this.members = news.members;
    this.drawCommands(news.bot.commands);
    this.drawPanel(news.panel);
    this.drawMessages(news);
    this.find(".welcome").hidden = news.ids.length > 0 || this.group !== null;
    this.find(".description").textContent = news.bot.description;
    this.find(".empty").hidden = news.ids.length > 0 || this.group === null;
    for (const toast of news.toasts) {
      this.on.notice(this, toast);
      if (toast.start !== null) this.on.start(this, toast.start);
    }
    this.on.drawn(this, news);
  }

  drawMessages({ ids, messages }) {
    const keep = new Set(ids);
    let arrived = false;
    for (const [id, node] of this.bubbles) {
      if (keep.has(id)) continue;
      node.remove();
      this.bubbles.delete(id);
      this.unread.delete(id);
    }
    for (const message of messages) {
      const node = bubble(message, this);
      const old = this.bubbles.get(message.id);
      const focused = old?.contains(document.activeElement);
      if (old) old.replaceWith(node);
      else this.chat.append(node);
      arrived ||= !old;
      // What stood there when the page was opened is not new.
      if (!old && !message.mine && !this.shown && this.isKnown) this.unread.add(message.id);
      this.bubbles.set(message.id, node);
      // Whoever goes by keyboard stays in the message that just changed.
      if (focused) (node.querySelector(".keyboard button, .keyboard a") ?? this.chat).focus({ preventScroll: true });
    }
    this.isKnown = true;
    this.newest = messages.find((message) => message.id === ids.at(-1)) ?? (ids.length > 0 ? this.newest : null);
    if (arrived || (this.atEnd && messages.length > 0)) this.showNewest();
  }

  // When the phone is turned, or its keyboard opens, the newest message stays in sight.
  stayAtTheEnd() {
    this.atEnd = true;
    this.chat.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.chat;
      this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    });
    this.resizes = new ResizeObserver(() => {
      if (this.atEnd) this.chat.scrollTop = this.chat.scrollHeight;
    });
    this.resizes.observe(this.chat);
  }

  // A message taller than the screen is shown from its beginning, as one reads it.
  showNewest() {
    const newest = this.chat.lastElementChild;
    this.chat.scrollTop = this.chat.scrollHeight;
    if (newest && newest.offsetHeight > this.chat.clientHeight) {
      this.chat.scrollTop = newest.offsetTop - this.chat.offsetTop;
    }
    // The browser tells of scrolling later; the message may be filled before.
    this.atEnd = true;
  }

  drawCommands(commands) {
    this.find(".slash").hidden = commands.length === 0;
    this.find(".commands").replaceChildren(
      ...commands.map(({ command, description }) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        const name = document.createElement("code");
        name.textContent = `/${command}`;
        const meaning = document.createElement("span");
        meaning.dir = "auto";
        meaning.textContent = description;
        button.append(name, meaning);
        button.addEventListener("click", () => {
          this.say(this.group === null ? `/${command}` : `/${command}@${this.username}`);
          this.closeMenus();
          this.field.focus();
        });
        item.append(button);
        return item;
      }),
    );
  }

  drawPanel(rows) {
    const panel = this.find(".panel");
    panel.hidden = rows.length === 0;
    panel.replaceChildren(
      ...rows.map((row) => {
        const line = document.createElement("div");
        line.className = "panel-row";
        line.append(...row.map((key) => this.panelKey(key)));
        return line;
      }),
    );
  }

  panelKey({ text, asks }) {
    const button = document.createElement("button");
    button.type = "button";
    button.dir = "auto";
    button.textContent = text;
    button.addEventListener("click", () => {
      if (asks === "location") this.find(".attach").open = true;
      else this.send("use", { label: text });
      this.field.focus();
    });
    return button;
  }
}
