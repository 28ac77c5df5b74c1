// The desk: answers each scan from the list on the device, keeps it, and sends it when there is network. The server has the last word.
(async () => {
  const root = document.getElementById("desk");
  if (!root || !DeskVault.usable) return; // the page works without, as the server draws it
  const $ = (id) => document.getElementById(`desk-${id}`);
  const words = JSON.parse(document.getElementById("desk-words").textContent);
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (all, name) => values[name] ?? all);
  const { jsqr } = root.dataset;
  const BATCH = 200, EVERY = 20000, LONGEST = 64;
  let key, list, mine = [], shownId, online = navigator.onLine, over = false, sending = false, waitingCount = 0;

  const now = () => Date.now() + (list?.offset || 0);
  const clock = (moment) => {
    const parts = new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: list.zone }).formatToParts(moment);
    const part = (type) => parts.find((one) => one.type === type).value;
    const french = document.documentElement.lang === "fr";
    return french ? `${Number(part("hour"))}h${part("minute")}` : `${part("hour").padStart(2, "0")}:${part("minute")}`;
  };
  // As the server folds names: without accents, strokes and case.
  const STROKES = { "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŧ": "t", "’": "'" };
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/ß/g, "ss").replace(/\p{M}/gu, "").replace(/[łøđðþæœħıŧ’]/g, (letter) => STROKES[letter]);

  // --- locked, until the PIN ---
  const start = async (found) => {
    key = found;
    $("lock").hidden = true;
    $("work").hidden = false;
    list = await DeskVault.read(key, "list");
    mine = (await DeskVault.read(key, "mine")) || [];
    await DeskVault.put("address", root.dataset.list);
    if (list) await prepareList();
    await recallSignals();
    for (const id of ["ways", "settings"]) $(id).hidden = false;
    $("text").focus();
    await refresh();
    await send();
    setInterval(async () => { await refresh(); await send(); }, EVERY);
    addEventListener("online", async () => { await refresh(); await send(); });
    addEventListener("offline", () => tell(false));
    keepPage();
  };
  const lock = () => {
    $("work").hidden = true;
    $("lock").hidden = false;
    $("pin-again").focus();
    $("lock").addEventListener("submit", async (event) => {
      event.preventDefault();
      const tried = await DeskVault.unlock($("pin-again").value.trim());
      $("pin-again").value = "";
      if (tried.key) return start(tried.key);
      if (tried.left === 0) return location.reload();
      $("pin-problem").textContent = tried.left === 1 ? `${words.wrongPin} ${words.lastTry}` : words.wrongPin;
      $("pin-again").classList.add("is-invalid");
      $("pin-again").focus();
    });
  };

  // --- the list ---
  const prepareList = async () => {
    list.byPerson = new Map(list.people.map((row) => [row[0], row]));
    list.byTag = new Map(list.people.filter((row) => row[1]).map((row) => [row[1], row]));
    list.folded = list.people.map((row) => fold(`${row[2]} ${row[3]}`));
    list.hmac = await crypto.subtle.importKey("raw", new TextEncoder().encode(list.salt), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const waiting = await DeskVault.waiting(key);
    waitingCount = waiting.length;
    for (const { scan } of waiting) mark(scan, false);
    drawSlots();
    drawFigures();
    drawClock();
  };
  const refresh = async () => {
    if (over) return;
    const asked = Date.now();
    const answer = await fetch(root.dataset.list, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return answer?.status === 403 ? gone() : tell(false);
    const fresh = await answer.json();
    fresh.offset = Math.round(fresh.now - (asked + Date.now()) / 2);
    list = fresh;
    await DeskVault.keep(key, "list", fresh);
    await prepareList();
    tell(true);
    if (now() > list.until) await gone();
  };
  const gone = async () => {
    const wasOver = over;
    over = true;
    if (wasOver) return;
    await DeskVault.erase();
    if (navigator.onLine) return location.reload();
    $("work").replaceChildren(paragraph("desk-reason", words.over)); // without network there is no page to load any more
    $("state").textContent = "";
  };
  const tell = (isOnline) => {
    if (over) return;
    online = isOnline;
    const left = waitingCount ? fill(words.waiting, { n: waitingCount }) : words.sent;
    $("state").textContent = `${online ? words.online : words.offline} · ${left}`;
    $("state").dataset.online = online;
    if (!list) say({ colour: "red", word: words.noList });
    else if (now() > list.until) gone();
  };
  const drawClock = () => {
    const minutes = Math.round(Math.abs(list.offset) / 60000);
    $("clock").hidden = minutes < 1;
    $("clock").textContent = minutes < 1 ? "" : fill(list.offset > 0 ? words.slow : words.fast, { n: minutes });
  };
  const drawSlots = () => {
    const select = $("slot"), chosen = select.value, chosenByHand = select.dataset.chosen;
    select.replaceChildren(...list.slots.map((slot) => new Option(slot.label, slot.key)));
    const current = list.slots.find((slot) => slot.key.includes("/") && slot.from <= now() && now() < slot.to) || list.slots[0];
    select.value = chosenByHand && list.slots.some((slot) => slot.key === chosen) ? chosen : current.key;
  };
  const drawFigures = () => {
    const rows = list.slots.map((slot) => {
      const row = document.createElement("tr"), head = document.createElement("th"), inside = document.createElement("td"), of = document.createElement("td");
      row.dataset.slot = slot.key;
      head.scope = "row";
      head.textContent = slot.label;
      inside.textContent = Object.keys(list.inside[slot.key] || {}).length;
      inside.dataset.inside = "";
      of.textContent = slot.key.includes("/") ? list.people.length : slot.seats ?? "–";
      inside.className = of.className = "pg-number";
      row.append(head, inside, of);
      return row;
    });
    $("figures").tBodies[0].replaceChildren(...rows);
  };

  // --- a scan ---
  const halfOf = (slot) => {
    const session = list.slots.find((one) => one.key === slot);
    return list.slots.find((one) => one.key.includes("/") && session && one.from <= session.from + 1800000 && session.from + 1800000 < one.to)?.key;
  };
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const tagOf = async (code) => hex(await crypto.subtle.sign("HMAC", list.hmac, new TextEncoder().encode(code))).slice(0, 32);
  const codeIn = (text) => { const found = /^(?:PG.?)?([0-9A-F]{32})$/i.exec(text.trim()); return found && found[1].toUpperCase(); };

  const decide = (row, slot) => {
    if (list.only[slot] && !list.only[slot].includes(row[0])) return { colour: "red", reason: words.reasons.not_admitted };
    const since = list.inside[slot]?.[row[0]];
    const who = { person: row[0], name: row[2], where: row[3], category: row[4] };
    if (since) return { ...who, colour: "amber", reason: fill(words.already, { time: clock(since[0]), door: since[1] || words.office }) };
    return { ...who, colour: "green" };
  };
  // In the counts of this device, until the list comes anew.
  const mark = (scan, out) => {
    if (!scan.who) return;
    for (const slot of [scan.slot, halfOf(scan.slot)].filter(Boolean)) {
      const inside = list.inside[slot] ||= {};
      if (out && inside[scan.who]?.[2] === scan.id) delete inside[scan.who];
      if (!out && !scan.undo) inside[scan.who] ||= [Date.parse(scan.at) + (scan.offset || 0), list.door, scan.id];
    }
  };
  const take = async (scan, answer) => {
    const told = { id: crypto.randomUUID(), at: new Date().toISOString(), offset: list.offset, slot: $("slot").value, ...scan };
    if (answer.colour !== "red") told.who = answer.person;
    await DeskVault.wait(key, told); // first kept, then shown
    waitingCount += 1;
    if (answer.colour !== "red") {
      if (answer.colour === "green") mark(told, false);
      mine = [...mine.slice(-19), { id: told.id, who: told.who, slot: told.slot }];
      await DeskVault.keep(key, "mine", mine);
    }
    shownId = told.id;
    say(answer);
    drawFigures();
    await send();
  };
  const scanned = async (text) => {
    if (!list) return tell(online);
    if (text.length > LONGEST) return say({ colour: "red", reason: words.refused });
    const code = codeIn(text);
    if (!code) return take({ code: text }, { colour: "red", reason: words.reasons.unknown });
    const tag = await tagOf(code), row = list.byTag.get(tag);
    if (row) return take({ code: `PG:${code}` }, decide(row, $("slot").value));
    return take({ code: `PG:${code}` }, { colour: "red", reason: list.bad[tag] ? words.reasons[list.bad[tag]] : words.notHere });
  };

  // --- what is said ---
  const paragraph = (name, text) => { const one = document.createElement("p"); one.className = name; one.textContent = text; return one; };
  const say = (answer, isNews = true) => {
    const box = document.createElement("div");
    box.className = `desk-answer desk-${answer.colour}`;
    box.append(paragraph("desk-word", answer.word || words.answers[answer.colour]));
    if (answer.name) box.append(paragraph("desk-name", answer.name), paragraph("desk-more", `${answer.where} · ${answer.category}`));
    if (answer.reason) box.append(paragraph("desk-reason", answer.reason));
    $("answer").replaceChildren(box);
    if (isNews) signal(answer.colour);
  };
  // Which of them somebody wants is kept on the device; where it cannot vibrate, it does not offer to.
  const recallSignals = async () => {
    const wanted = (await DeskVault.read(key, "signals")) || {};
    for (const name of ["sound", "vibration"]) {
      $(name).checked = Boolean(wanted[name]);
      $(name).addEventListener("change", () => DeskVault.keep(key, "signals", { sound: $("sound").checked, vibration: $("vibration").checked }));
    }
    $("vibration").closest("label").hidden = !navigator.vibrate;
  };
  const signal = (colour) => {
    if ($("vibration").checked) navigator.vibrate?.(colour === "green" ? 80 : [80, 60, 80]);
    if (!$("sound").checked) return;
    const audio = new AudioContext(), tone = audio.createOscillator();
    tone.frequency.value = { green: 880, amber: 520, red: 220 }[colour];
    tone.connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + (colour === "green" ? 0.12 : 0.35));
    tone.onended = () => audio.close();
  };
  const heard = (scan, answer) => {
    if (scan.undo) return;
    // The server's word on what is shown sounds only where it is another.
    const again = (said) => say(said, shownId !== scan.id || !$("answer").firstElementChild?.classList.contains(`desk-${said.colour}`));
    if (answer.answer === "refused") { if (shownId === scan.id) again({ colour: "red", reason: words.refused }); mark(scan, true); return; }
    if (answer.answer !== "green") mark(scan, true);
    if (answer.answer === "amber") { const slot = list.inside[scan.slot] ||= {}; slot[answer.person] ||= [answer.since, answer.by]; }
    const said = { ...answer, colour: answer.answer, reason: words.reasons[answer.reason] || "" };
    if (answer.since) said.reason = fill(words.already, { time: clock(answer.since), door: answer.by || words.office });
    // Another door was first: what was green here is put right, also when it is no longer the last.
    if (shownId === scan.id || (answer.answer !== "green" && scan.who && $("answer").firstElementChild?.classList.contains("desk-green"))) again(said);
  };

  // --- sending ---
  const send = async () => {
    if (sending || over || !list) return;
    sending = true;
    try {
      for (;;) {
        const batch = (await DeskVault.waiting(key)).slice(0, BATCH);
        waitingCount = (await DeskVault.waiting(key)).length;
        if (!batch.length) break;
        const answer = await fetch(root.dataset.scans, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": list.token },
          body: JSON.stringify({ sent_at: new Date().toISOString(), scans: batch.map(({ scan: { who, ...told } }) => told) }),
        }).catch(() => null);
        if (answer?.status === 403 && (answer.headers.get("Content-Type") || "").includes("json")) return gone();
        if (!answer?.ok) return tell(Boolean(answer) && online);
        const { answers } = await answer.json();
        for (const [at, { place, scan }] of batch.entries()) { await DeskVault.sent(place); heard(scan, answers[at]); }
        waitingCount -= batch.length;
        online = true;
      }
      drawFigures();
      tell(online);
    } finally {
      sending = false;
    }
  };

  // --- by hand ---
  const found = (text) => {
    const wanted = fold(text).split(/\s+/).filter(Boolean);
    if (wanted.join("").length < 2) return [];
    return list.people.filter((row, at) => wanted.every((word) => list.folded[at].includes(word))).slice(0, 12);
  };
  const drawFound = (text) => {
    const rows = list ? found(text) : [], slot = $("slot").value;
    $("found").hidden = fold(text).trim().length < 2;
    const items = rows.map((row) => {
      const item = document.createElement("li"), button = document.createElement("button"), name = document.createElement("strong"), more = document.createElement("span");
      button.type = "button";
      button.className = "desk-person";
      button.setAttribute("aria-label", fill(words.checkIn, { name: `${row[2]}, ${row[3]}` }));
      name.textContent = row[2];
      const since = list.inside[slot]?.[row[0]];
      more.textContent = [row[3], row[4], since && fill(words.in, { time: clock(since[0]) })].filter(Boolean).join(" · ");
      button.append(name, " ", more);
      button.addEventListener("click", () => { clear(); take({ person: row[0] }, decide(row, $("slot").value)); });
      item.append(button);
      return item;
    });
    if (!items.length) { const none = document.createElement("li"); none.textContent = words.none; items.push(none); }
    $("found").replaceChildren(...items);
  };
  const clear = () => { $("text").value = ""; $("found").hidden = true; $("found").replaceChildren(); $("text").focus(); };

  $("text").removeAttribute("maxlength"); // what a scanner sends is refused here, not cut
  $("text").addEventListener("input", () => { if (!codeIn($("text").value)) drawFound($("text").value); });
  $("slot").addEventListener("change", () => { $("slot").dataset.chosen = "1"; });
  $("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = $("text").value;
    if (!text.trim()) return;
    if (codeIn(text) || text.length > LONGEST || text.startsWith("PG:")) { clear(); return scanned(text); }
    drawFound(text);
  });
  $("undo").addEventListener("submit", async (event) => {
    event.preventDefault();
    const last = mine.pop();
    if (!last) { $("answer").replaceChildren(paragraph("desk-reason", words.nothing)); return; }
    await DeskVault.keep(key, "mine", mine);
    await DeskVault.wait(key, { id: last.id, at: new Date().toISOString(), offset: list.offset, undo: true });
    waitingCount += 1;
    mark(last, true);
    shownId = undefined;
    $("answer").replaceChildren(paragraph("desk-reason", words.undone));
    drawFigures();
    await send();
    if (online) await refresh();
  });
  $("camera").addEventListener("click", async () => {
    const pressed = $("camera").getAttribute("aria-pressed") === "true";
    $("camera").setAttribute("aria-pressed", String(!pressed));
    if (pressed) return DeskReader.stop($("video"));
    try { await DeskReader.start($("video"), jsqr, scanned); } catch {
      $("camera").setAttribute("aria-pressed", "false");
      DeskReader.stop($("video"));
      say({ colour: "red", word: words.noCamera });
    }
  });
  $("picture").addEventListener("change", async () => {
    const [file] = $("picture").files;
    if (!file) return;
    const codes = await DeskReader.picture(file, jsqr).catch(() => []);
    $("picture").value = "";
    if (codes.length !== 1) return say({ colour: "red", word: codes.length ? words.several : words.noCode });
    await scanned(codes[0]);
  });
  // The form for somebody without a registration is the server's: without network it is not opened, and the desk says why.
  $("walk-in")?.addEventListener("click", async (event) => {
    event.preventDefault();
    const { href } = event.currentTarget;
    const answer = await fetch(href, { method: "HEAD", signal: AbortSignal.timeout(5000) }).catch(() => null);
    if (answer) return location.assign(href);
    tell(false);
    say({ colour: "red", word: words.needsNetwork, reason: words.needsNetworkWhy });
  });

  // --- the page itself, for a reload without network ---
  const keepPage = async () => {
    if (!navigator.serviceWorker || !window.caches) return;
    try {
      await navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.worker.replace("worker.js", "") });
      const files = [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon], link[rel=manifest], img[src]")].map((one) => one.src || one.href);
      const kept = await caches.open("desk");
      await Promise.all([root.dataset.scope, jsqr, ...files].map((address) => kept.add(address).catch(() => null)));
      root.dataset.kept = "1";
    } catch { /* without, the page goes on until it is closed */ }
  };

  const fresh = await DeskVault.fresh();
  if (fresh) await start(fresh); else lock();
})();
