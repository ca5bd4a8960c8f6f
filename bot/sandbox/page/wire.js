// The only place that talks to the sandbox.

export async function post(deed, body) {
  const answer = await fetch(`/sandbox/${deed}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const decoded = await answer.json();
  if (!answer.ok) throw new Error(decoded.error);
  return decoded;
}

export function listen(person, chat, onNews, onState) {
  const query = new URLSearchParams({ person });
  if (chat) query.set("chat", chat);
  const source = new EventSource(`/sandbox/events?${query}`);
  source.onmessage = (event) => onNews(JSON.parse(event.data));
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  return source;
}
