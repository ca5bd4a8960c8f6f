// Puts the phones on the page: the person's, and where there is an office, the counsellors'.

import { badge, mark } from "/page/badge.js";
import { Desk } from "/page/desk.js";
import { Phone } from "/page/phone.js";
import { everybody, listen, post } from "/page/wire.js";

const list = document.getElementById("people");
const places = { person: document.getElementById("person"), office: document.getElementById("counsellors") };
const address = new URL(location.href);
let phone = null;
let desk = null;
let source = null;

const browserLanguage = () => (navigator.language || "en").split("-")[0];

async function show(id) {
  source?.close();
  phone?.close();
  sessionStorage.setItem("person", id);
  const { people } = await everybody();
  list.replaceChildren(...people.map((p) => new Option(p.name, p.id, false, p.id === id)));
  phone = new Phone(places.person, { person: id, start: address.searchParams.get("start") ?? "" });
  source = listen([phone.talk, ...(desk?.talks ?? [])], (on) => {
    phone.connected(on);
    desk?.connected(on);
  });
}

async function fresh(language) {
  const made = await post("people", { language_code: language });
  await show(made.id);
}

function openDesk(office) {
  const jump = document.getElementById("jump");
  const unread = badge();
  jump.lastElementChild.append(unread);
  jump.hidden = places.office.hidden = false;
  document.body.classList.add("two");
  markCurrent(jump);
  desk = new Desk(places.office, office, (count) => mark(unread, count));
}

// Where one phone is below the other, the switch says at which of them one looks.
function markCurrent(jump) {
  const watch = new IntersectionObserver((seen) => {
    const current = seen.find(({ isIntersecting }) => isIntersecting)?.target;
    if (!current) return;
    for (const link of jump.children) link.ariaCurrent = String(link.hash === `#${current.id}`);
  }, { threshold: .5 });
  for (const place of Object.values(places)) watch.observe(place);
}

document.getElementById("new-person").addEventListener("click", () => {
  address.searchParams.delete("start");
  fresh(phone?.language || browserLanguage());
});
list.addEventListener("change", () => show(Number(list.value)));

const { people, office } = await everybody();
if (office) openDesk(office);
const wanted = Number(address.searchParams.get("person") ?? sessionStorage.getItem("person"));
const known = people.some((p) => p.id === wanted);
// A poster link or a shared link is opened by somebody who was never here.
if (known && !address.searchParams.has("start")) await show(wanted);
else await fresh(address.searchParams.get("language") ?? browserLanguage());
