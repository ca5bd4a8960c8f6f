// The second phone: counsellors share it, each with the chat of their group and a private one.

import { badge, mark } from "/page/badge.js";
import { Notices } from "/page/notices.js";
import { Talk } from "/page/talk.js";

// Every card begins with it, so in a list of chats it tells nothing.
const OPENING = /^Demonstration\b/;

export class Desk {
  constructor(place, { group, people }, onUnread) {
    this.onUnread = onUnread;
    this.root = document.getElementById("desk").content.firstElementChild.cloneNode(true);
    place.append(this.root);
    this.notices = new Notices(this.root);
    this.held = [];
    this.colleagues = people.map(({ id, name }) => this.colleague(id, name, group));
    this.talks = this.colleagues.flatMap(({ rooms }) => rooms.map(({ talk }) => talk));
    this.choose(this.colleagues[0]);
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  colleague(id, name, group) {
    const made = { id, rooms: [this.room(id, group, "group"), this.room(id, null, "compass")] };
    made.room = made.rooms[0];
    made.badge = badge();
    made.choice = document.createElement("input");
    Object.assign(made.choice, { type: "radio", name: "colleague", value: id, className: "quiet" });
    made.choice.addEventListener("change", () => this.choose(made));
    const label = document.createElement("label");
    const words = document.createElement("span");
    words.textContent = name;
    label.append(made.choice, words, made.badge);
    this.find(".switch").append(label);
    return made;
  }

  room(person, group, icon) {
    const talk = new Talk(this.find(".talks"), { person, group, on: this });
    const tab = document.getElementById("room").content.firstElementChild.cloneNode(true);
    tab.querySelector("use").setAttribute("href", `#${icon}`);
    const made = { talk, tab, badge: badge() };
    tab.append(made.badge);
    tab.addEventListener("click", () => this.enter(made));
    this.find(".rooms").append(tab);
    return made;
  }

  colleagueOf(talk) {
    return this.colleagues.find(({ id }) => id === talk.person);
  }

  choose(colleague) {
    this.chosen = colleague;
    colleague.choice.checked = true;
    this.show();
    const [now, later] = [[], []];
    for (const one of this.held) (one.person === colleague.id ? now : later).push(one);
    this.held = later;
    for (const { toast } of now) this.notices.show(toast);
  }

  enter(room) {
    this.colleagueOf(room.talk).room = room;
    this.show();
  }

  show() {
    for (const colleague of this.colleagues) {
      for (const room of colleague.rooms) {
        const isOpen = colleague === this.chosen && room === colleague.room;
        room.talk.shown = isOpen;
        room.tab.hidden = colleague !== this.chosen;
        room.tab.setAttribute("aria-current", String(isOpen));
        if (isOpen) room.talk.showNewest();
      }
    }
    this.count();
  }

  count() {
    let all = 0;
    for (const colleague of this.colleagues) {
      let unread = 0;
      for (const room of colleague.rooms) {
        mark(room.badge, room.talk.unread.size);
        unread += room.talk.unread.size;
      }
      mark(colleague.badge, unread);
      all += unread;
    }
    this.onUnread(all);
  }

  connected(on) {
    this.root.classList.toggle("offline", !on);
    this.find(".lost").hidden = on;
  }

  drawn(talk, { title, members }) {
    const { tab } = this.colleagueOf(talk).rooms.find((room) => room.talk === talk);
    tab.querySelector(".room-title").textContent = title;
    tab.querySelector(".room-newest").textContent = preview(talk.newest);
    tab.title = members.length > 0 ? `${title}: ${members.join(", ")}` : `${title}: private chat`;
    this.count();
  }

  // A notice is for the one who tapped, who may have put the phone into other hands since.
  notice(talk, toast) {
    if (talk.person === this.chosen.id) this.notices.show(toast);
    else this.held.push({ person: talk.person, toast });
  }

  // A link to the bot, from an answer to a tap.
  start(talk, payload) {
    const colleague = this.colleagueOf(talk);
    const room = colleague.rooms.find(({ talk: one }) => one.group === null);
    this.enter(room);
    room.talk.start(payload);
    if (room.talk.shown) room.talk.chat.focus({ preventScroll: true });
  }

  // The same, from a text or a button.
  open(talk, payload) {
    this.start(talk, payload);
  }
}

function preview(message) {
  if (message === null) return "–";
  const said = message.service || message.text || message.other || message.venue?.title || "Picture or file";
  const line = said.split("\n").find((one) => one.trim() && !OPENING.test(one)) ?? "";
  return message.mine ? `You: ${line}` : line;
}
