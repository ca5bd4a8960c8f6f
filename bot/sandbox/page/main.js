// Puts one phone on the page. A second one is another `new Phone(...)` with another person or chat.

import { Phone } from "/page/phone.js";
import { post } from "/page/wire.js";

const list = document.getElementById("people");
const phones = document.getElementById("phones");
const address = new URL(location.href);
let phone = null;

const browserLanguage = () => (navigator.language || "en").split("-")[0];

async function people() {
  const answer = await fetch("/sandbox/people");
  return (await answer.json()).people;
}

async function show(id) {
  phone?.close();
  sessionStorage.setItem("person", id);
  const everybody = await people();
  list.replaceChildren(...everybody.map((p) => new Option(p.name, p.id, false, p.id === id)));
  phone = new Phone(phones, { person: id, payload: address.searchParams.get("start") ?? "" });
}

async function fresh(language) {
  const made = await post("people", { language_code: language });
  await show(made.id);
}

document.getElementById("new-person").addEventListener("click", () => {
  address.searchParams.delete("start");
  fresh(phone?.language ?? browserLanguage());
});
list.addEventListener("change", () => show(Number(list.value)));

const wanted = Number(address.searchParams.get("person") ?? sessionStorage.getItem("person"));
const known = (await people()).some((p) => p.id === wanted);
// A poster link or a shared link is opened by somebody who was never here.
if (known && !address.searchParams.has("start")) await show(wanted);
else await fresh(address.searchParams.get("language") ?? browserLanguage());
