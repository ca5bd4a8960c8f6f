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

export async function everybody() {
  const answer = await fetch("/sandbox/people");
  return answer.json();
}

// One connection for all talks of the page: a browser opens only six to the same place.
export function listen(talks, onState) {
  const byView = new Map(talks.map((talk) => [talk.view, talk]));
  const query = new URLSearchParams([...byView.keys()].map((view) => ["view", view]));
  const source = new EventSource(`/sandbox/events?${query}`);
  source.onmessage = (event) => {
    for (const [view, news] of Object.entries(JSON.parse(event.data))) byView.get(view).draw(news);
  };
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  return source;
}
