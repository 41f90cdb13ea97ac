/* The board: asks every second and a half, speaks each call once, one after the other, and goes on
   by itself after the network or the server was away. */
(() => {
  "use strict";
  const { state: address, sounds } = document.currentScript.dataset;
  const EVERY = 1500;
  const PATIENCE = 4000;
  const SHOWN = 8000;
  const SHOWN_WHEN_BUSY = 4000;
  // Two servers may disagree for a moment on what was called: a call is known far longer than told.
  const KNOWN = 10 * 60000;
  const byId = (id) => document.getElementById(id);
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const node = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.textContent = text;
    return element;
  };
  // A line that is dead and does not say so must not stop the board.
  const get = async (url, read, options = {}) => {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE);
    try {
      const answer = await fetch(url, { ...options, signal: control.signal });
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return await read(answer);
    } finally {
      clearTimeout(timer);
    }
  };

  // What is said, word by word: a file each, so that every number can be spoken.
  const ONES = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
  ];
  const rest = (number) => (number ? inWords(number) : []);
  const inWords = (number) => {
    if (number < 10) return [ONES[number]];
    if (number === 10) return ["sepuluh"];
    if (number === 11) return ["sebelas"];
    if (number < 20) return [ONES[number - 10], "belas"];
    if (number < 100) return [ONES[Math.floor(number / 10)], "puluh", ...rest(number % 10)];
    if (number < 200) return ["seratus", ...rest(number - 100)];
    if (number < 1000) return [ONES[Math.floor(number / 100)], "ratus", ...rest(number % 100)];
    return [...String(number)].map((digit) => ONES[Number(digit)]);
  };
  const sentence = ({ ticket, counter }) => {
    const prefix = ticket.replace(/[0-9]/g, "").toLowerCase();
    const letters = [...prefix].map((letter) => `huruf-${letter}`);
    const number = inWords(Number(ticket.replace(/\D/g, "")));
    return ["nomor-antrean", ...letters, ...number, "silakan-ke-loket", ...inWords(counter)];
  };

  let sound = null;
  const loaded = new Map();
  const load = async (word) => {
    if (!loaded.has(word)) {
      const data = await get(`${sounds}${word}.wav`, (answer) => answer.arrayBuffer());
      loaded.set(word, await sound.decodeAudioData(data));
    }
    return loaded.get(word);
  };
  // Whole sentences only: what cannot be loaded is left to the screen. All of it is on the clock of
  // the sound card before the first word, so that nothing else the page does tears it apart, and a
  // card that stood still in between does not speak two calls at once.
  let freeAt = 0;
  const speak = async (call) => {
    try {
      if (!sound || sound.state !== "running") return;
      const words = await Promise.all(sentence(call).map(load));
      freeAt = Math.max(freeAt, sound.currentTime + 0.05);
      for (const buffer of words) {
        const source = sound.createBufferSource();
        source.buffer = buffer;
        source.connect(sound.destination);
        source.start(freeAt);
        freeAt += buffer.duration;
      }
      await pause((freeAt - sound.currentTime) * 1000 + 250);
    } catch {
      // Without its sound a call is still on the screen.
    }
  };

  const queue = [];
  let isSpeaking = false;
  const announce = async () => {
    if (isSpeaking) return;
    isSpeaking = true;
    try {
      while (queue.length) {
        const call = queue.shift();
        const begun = performance.now();
        byId("panggilan").textContent = `Nomor ${call.ticket}, silakan ke loket ${call.counter}`;
        await speak(call);
        document.dispatchEvent(new CustomEvent("dipanggil", { detail: call }));
        const isDue = () => performance.now() - begun >= (queue.length ? SHOWN_WHEN_BUSY : SHOWN);
        while (!isDue()) await pause(100);
        // Emptied in between, so that a reader of the page is told again when a number is repeated.
        byId("panggilan").textContent = "";
        await pause(100);
      }
    } finally {
      isSpeaking = false;
    }
  };

  const known = new Map();
  let isFirst = true;
  const hear = (calls) => {
    const now = performance.now();
    // The first look only learns what was called before; nothing old is repeated.
    if (!isFirst) queue.push(...calls.filter((call) => !known.has(call.id)));
    isFirst = false;
    calls.forEach((call) => known.set(call.id, now));
    known.forEach((at, id) => { if (now - at > KNOWN) known.delete(id); });
    announce();
  };

  const counterItem = (counter) => {
    const item = node("li", counter.is_calling ? "memanggil" : "", "");
    const served = counter.ticket ? "dilayani" : "kosong";
    item.append(
      node("span", "loket-nomor", `Loket ${counter.number}`),
      " ",
      node("strong", "", counter.ticket || "–"),
      " ",
      node("span", "keadaan", counter.is_calling ? "silakan maju" : served),
    );
    return item;
  };
  const announcementItem = (one) => {
    const item = node("li", `nada-${one.tone}`, "");
    item.append(
      node("strong", "", one.level),
      " ",
      node("span", "judul", one.title),
      " ",
      node("span", "sejak", one.since),
    );
    return item;
  };
  let announcedBefore = "";
  const showAnnouncements = (announcements) => {
    // Told anew only when they change, not with every number called.
    const told = JSON.stringify(announcements);
    if (told === announcedBefore) return;
    announcedBefore = told;
    byId("siaran").replaceChildren(...announcements.map(announcementItem));
    byId("siaran").hidden = announcements.length === 0;
  };
  const show = (state) => {
    showAnnouncements(state.announcements || []);
    byId("loket").replaceChildren(...(state.counters.length
      ? state.counters.map(counterItem)
      : [node("li", "kosong", "Belum ada loket yang buka.")]));
    byId("berikut").replaceChildren(...(state.next.length
      ? state.next.map((ticket) => node("li", "", ticket))
      : [node("li", "kosong", "Tidak ada yang menunggu.")]));
    byId("pengumuman").textContent = state.notice;
    byId("jam").textContent = state.time;
    hear(state.calls);
  };

  let shownBefore = "";
  const look = async () => {
    try {
      const text = await get(address, (answer) => answer.text(), { cache: "no-store" });
      if (text !== shownBefore) {
        show(JSON.parse(text));
        // Only now: what could not be shown (a stranger's page, say) must not pass as known.
        shownBefore = text;
      }
      byId("putus").hidden = true;
    } catch {
      byId("putus").hidden = false;
    }
    setTimeout(look, EVERY);
  };

  look();

  // Browsers allow sound only after a touch; a screen set up as the guide says needs none.
  const button = byId("suara");
  const wake = () => {
    if (!sound) {
      sound = new AudioContext();
      sound.addEventListener("statechange", () => {
        button.hidden = sound.state === "running";
        if (sound.state === "suspended") sound.resume().catch(() => {});
      });
    }
    button.hidden = sound.state === "running";
    sound.resume().catch(() => {});
  };
  if (window.AudioContext) {
    button.addEventListener("click", wake);
    wake();
  }
})();
