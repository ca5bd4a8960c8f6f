// The first phone: a person's private chat with the bot, and the person's language.

import { Notices } from "/page/notices.js";
import { Talk } from "/page/talk.js";

const LANGUAGES = {
  ar: "العربية", de: "Deutsch", en: "English", es: "Español", fa: "فارسی", fr: "Français",
  ku: "Kurdî", pl: "Polski", ps: "پښتو", ro: "Română", ru: "Русский", so: "Soomaali",
  sq: "Shqip", ti: "ትግርኛ", tr: "Türkçe", uk: "Українська", vi: "Tiếng Việt",
};

export class Phone {
  constructor(place, { person, start = "" }) {
    this.language = "";
    this.root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.find(".language select").append(
      ...Object.entries(LANGUAGES).map(([code, name]) => new Option(name, code)),
    );
    place.append(this.root);
    this.notices = new Notices(this.root);
    this.talk = new Talk(this.find(".talks"), { person, start, on: this });
    this.bind();
  }

  close() {
    this.talk.close();
    this.root.remove();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  bind() {
    const more = this.find(".more");
    this.find(".language select").addEventListener("change", (event) =>
      this.talk.send("language", { language_code: event.target.value }),
    );
    this.find(".block").addEventListener("click", () => {
      this.talk.send("block", { blocked: !this.blocked });
      more.open = false;
    });
    this.find(".link-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.talk.start(event.target.payload.value);
      more.open = false;
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") more.open = false;
    });
    this.root.addEventListener("click", (event) => {
      if (!more.contains(event.target)) more.open = false;
    });
  }

  connected(on) {
    this.root.classList.toggle("offline", !on);
    this.state(on ? "bot" : "not connected – is the sandbox running?");
  }

  state(text) {
    this.find(".state").textContent = text;
  }

  drawn(_, { person, title, typing }) {
    this.language = person.language_code;
    this.blocked = person.blocked;
    this.root.setAttribute("aria-label", `Phone of ${person.name}`);
    this.find(".title").textContent = title;
    this.find(".block").textContent = this.blocked ? "Unblock the bot" : "Block the bot";
    this.drawLanguage(this.language);
    this.state(typing ? "typing…" : "bot");
  }

  drawLanguage(code) {
    const select = this.find(".language select");
    if (code && ![...select.options].some((option) => option.value === code)) {
      select.append(new Option(code, code));
    }
    select.value = code ?? "";
  }

  notice(_, toast) {
    this.notices.show(toast);
  }

  start(talk, payload) {
    talk.start(payload);
  }
}
