// One phone: one person's view of one chat. It draws what the sandbox says and sends what is done.

import { bubble } from "/page/bubble.js";
import { listen, post } from "/page/wire.js";

const LANGUAGES = {
  ar: "العربية", de: "Deutsch", en: "English", es: "Español", fa: "فارسی", fr: "Français",
  ku: "Kurdî", pl: "Polski", ps: "پښتو", ro: "Română", ru: "Русский", so: "Soomaali",
  sq: "Shqip", ti: "ትግርኛ", tr: "Türkçe", uk: "Українська", vi: "Tiếng Việt",
};
const PLACES = {
  "Potsdam": [52.3989, 13.0657], "Cottbus": [51.7567, 14.3357], "Frankfurt (Oder)": [52.3412, 14.5496],
  "Brandenburg an der Havel": [52.4117, 12.5561], "Eberswalde": [52.8331, 13.8], "Lübben": [51.9375, 13.8978],
  "Prenzlau": [53.3165, 13.8627], "Wittenberge": [53.0036, 11.7547], "Berlin (outside)": [52.5170, 13.3888],
};
const TOAST_MILLISECONDS = 4000;
const NEAR_THE_END = 80;

export class Phone {
  constructor(place, { person, chat = null, payload = "" }) {
    this.person = person;
    this.chatId = chat;
    this.payload = payload;
    this.username = "";
    this.language = "";
    this.bubbles = new Map();
    this.root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.chat = this.find(".chat");
    this.find(".language select").append(
      ...Object.entries(LANGUAGES).map(([code, name]) => new Option(name, code)),
    );
    this.find(".places").append(...Object.keys(PLACES).map((name) => new Option(name)));
    this.bind();
    place.append(this.root);
    this.stayAtTheEnd();
    this.source = listen(person, chat, (news) => this.draw(news), (on) => this.connected(on));
  }

  close() {
    this.source.close();
    this.resizes.disconnect();
    this.root.remove();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  async send(deed, body = {}) {
    try {
      await post(deed, { person: this.person, chat: this.chatId, ...body });
    } catch (error) {
      this.toast(`That did not work: ${error.message}`);
    }
  }

  say(text) {
    return this.send("say", { text });
  }

  press(message, data) {
    return this.send("press", { message, data });
  }

  bind() {
    const field = this.find("textarea");
    const submit = () => {
      if (!field.value.trim()) return;
      this.say(field.value);
      field.value = "";
      this.grow(field);
      field.focus();
    };
    this.find(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      submit();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit();
    });
    field.addEventListener("input", () => this.grow(field));
    this.find(".begin").addEventListener("click", () => {
      this.say(`/start ${this.payload}`.trim());
      field.focus();
    });
    this.find(".language select").addEventListener("change", (event) =>
      this.send("language", { language_code: event.target.value }),
    );
    this.bindMenus();
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
    this.find(".block").addEventListener("click", () => {
      this.send("block", { blocked: !this.blocked });
      this.closeMenus();
    });
    this.find(".link-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(`/start ${event.target.payload.value}`.trim());
      this.closeMenus();
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closeMenus();
    });
    this.root.addEventListener("click", (event) => {
      for (const menu of this.root.querySelectorAll("details[open]")) {
        if (!menu.contains(event.target)) menu.open = false;
      }
    });
  }

  closeMenus() {
    this.find(".commands").hidden = true;
    this.find(".slash").setAttribute("aria-expanded", "false");
    for (const menu of this.root.querySelectorAll("details[open]")) menu.open = false;
  }

  grow(field) {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
  }

  connected(on) {
    this.root.classList.toggle("offline", !on);
    if (!on) this.state("not connected – is the sandbox running?");
    else this.state("bot");
  }

  state(text) {
    this.find(".state").textContent = text;
  }

  draw(news) {
    this.username = news.bot.username;
    this.language = news.person.language_code;
    this.blocked = news.person.blocked;
    this.find(".title").textContent = news.title;
    this.root.setAttribute("aria-label", `Phone of ${news.person.name}`);
    this.drawLanguage(news.person.language_code);
    this.find(".block").textContent = this.blocked ? "Unblock the bot" : "Block the bot";
    this.drawCommands(news.bot.commands);
    this.drawPanel(news.panel);
    this.drawMessages(news);
    this.drawWelcome(news);
    this.state(news.typing ? "typing…" : "bot");
    for (const toast of news.toasts) {
      if (toast.alert) this.alert(toast.text);
      else this.toast(toast.text);
    }
  }

  drawLanguage(code) {
    const select = this.find(".language select");
    if (code && ![...select.options].some((option) => option.value === code)) {
      select.append(new Option(code, code));
    }
    select.value = code ?? "";
  }

  drawMessages({ ids, messages }) {
    const keep = new Set(ids);
    let arrived = false;
    for (const [id, node] of this.bubbles) {
      if (keep.has(id)) continue;
      node.remove();
      this.bubbles.delete(id);
    }
    for (const message of messages) {
      const node = bubble(message, this);
      const old = this.bubbles.get(message.id);
      const focused = old?.contains(document.activeElement);
      if (old) old.replaceWith(node);
      else this.chat.append(node);
      arrived ||= !old;
      this.bubbles.set(message.id, node);
      // Whoever goes by keyboard stays in the message that just changed.
      if (focused) node.querySelector(".keyboard button, .keyboard a")?.focus({ preventScroll: true });
    }
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
  }

  drawWelcome({ ids, bot }) {
    this.find(".welcome").hidden = ids.length > 0;
    this.find(".description").textContent = bot.description;
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
          this.say(`/${command}`);
          this.closeMenus();
          this.find("textarea").focus();
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
      ...rows.flat().map((wanted) => {
        const button = document.createElement("button");
        button.type = "button";
        button.dir = "auto";
        button.textContent = wanted.text;
        button.addEventListener("click", () => {
          if (wanted.request_location) this.find(".attach").open = true;
          else this.say(wanted.text);
        });
        return button;
      }),
    );
  }

  toast(text) {
    const note = document.createElement("p");
    note.dir = "auto";
    note.textContent = text;
    this.find(".toasts").append(note);
    setTimeout(() => note.remove(), TOAST_MILLISECONDS);
  }

  alert(text) {
    const dialog = this.find(".alert");
    dialog.querySelector("p").textContent = text;
    if (!dialog.open) dialog.showModal();
  }
}
