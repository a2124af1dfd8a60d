"use strict";

/** How long a live page waits before it asks again whether the store has changed. */
const pollMilliseconds = 2000;

/** Keeps a page that a server gave in step with its store. */
async function follow() {
  const token = new URLSearchParams(location.search).get("token");
  const ask = async (path) => {
    const response = await fetch(path, { headers: { Authorization: `Bearer ${token}` }, cache: "no-store" });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response.json();
  };
  for (;;) {
    await new Promise((done) => { setTimeout(done, pollMilliseconds); });
    try {
      const now = await ask("/api/version");
      // The server may still keep an older answer than the store.
      const next = now.version === page.version ? page
        : await ask(`/api/page?${new URLSearchParams(page.sweeps.map(({ name }) => ["sweep", name]))}`);
      if (next.version !== page.version) {
        page = next;
        sweep = new Sweep(page.sweeps.find(({ name }) => name === state.sweep) ?? page.sweeps[0]);
        change({}, everyPart);
      }
      byId("live").textContent = `live, ${new Date().toLocaleTimeString()}`;
    } catch (error) {
      byId("live").textContent = `no answer from the server (${error.message}); this is what it said last`;
    }
  }
}

if (page.live) follow();
