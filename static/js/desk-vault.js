// What the desk keeps on the device: the list and the scans that wait, encrypted. The key is made of the PIN and of a key of this
// browser that no script can read out, and stays in memory; after a reload the PIN makes it again.
window.DeskVault = (() => {
  const ROUNDS = 310000, MOST_TRIES = 10;
  const text = new TextEncoder(), plain = new TextDecoder();
  const usable = Boolean(window.indexedDB && window.crypto && crypto.subtle && crypto.randomUUID);
  let opened;

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const store = async (name, mode) => {
    opened ||= new Promise((resolve, reject) => {
      const request = indexedDB.open("desk", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("kept");
        request.result.createObjectStore("waiting", { autoIncrement: true });
      };
      request.onsuccess = () => { request.result.onversionchange = () => request.result.close(); resolve(request.result); };
      request.onerror = () => reject(request.error);
    });
    return (await opened).transaction(name, mode).objectStore(name);
  };
  const get = async (name) => done((await store("kept", "readonly")).get(name));
  const put = async (name, value) => done((await store("kept", "readwrite")).put(value, name));
  const drop = async (name) => done((await store("kept", "readwrite")).delete(name));

  const seal = async (key, value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text.encode(JSON.stringify(value))) };
  };
  const unseal = async (key, sealed) => JSON.parse(plain.decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data)));

  // The same PIN in the same browser makes the same key.
  const keyFrom = async (pin) => {
    let own = await get("own");
    if (!own) {
      own = { salt: crypto.getRandomValues(new Uint8Array(16)), key: await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]) };
      await put("own", own);
    }
    const typed = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveBits"]);
    const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: own.salt, iterations: ROUNDS }, typed, 256);
    return crypto.subtle.importKey("raw", await crypto.subtle.sign("HMAC", own.key, bits), "AES-GCM", false, ["encrypt", "decrypt"]);
  };
  const begin = async (key) => { await put("check", await seal(key, "desk")); await put("tries", 0); return key; };

  // On the page where the PIN was typed: the key waits for the desk's page, which takes it at once.
  const prepare = async (pin) => {
    const key = await keyFrom(pin), check = await get("check");
    if (check && !(await unseal(key, check).then(() => true, () => false))) { await erase(); return prepare(pin); }
    await put("fresh", key);
    return key;
  };
  const fresh = async () => {
    const key = await get("fresh");
    if (key) { await drop("fresh"); await begin(key); }
    return key;
  };
  // The key, or how many tries are left; after the tenth wrong PIN nothing is kept any more.
  const unlock = async (pin) => {
    const key = await keyFrom(pin), check = await get("check");
    if (!check) return { key: await begin(key) };
    if (await unseal(key, check).then(() => true, () => false)) { await put("tries", 0); return { key }; }
    const tries = ((await get("tries")) || 0) + 1;
    if (tries >= MOST_TRIES) { await erase(); return { left: 0 }; }
    await put("tries", tries);
    return { left: MOST_TRIES - tries };
  };

  const keep = async (key, name, value) => put(name, await seal(key, value));
  const read = async (key, name) => { const sealed = await get(name); return sealed ? unseal(key, sealed) : null; };
  const wait = async (key, scan) => { const sealed = await seal(key, scan); return done((await store("waiting", "readwrite")).add(sealed)); };
  const waiting = async (key) => {
    const found = [], all = await store("waiting", "readonly");
    const [keys, rows] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
    for (const [at, sealed] of rows.entries()) found.push({ place: keys[at], scan: await unseal(key, sealed) });
    return found;
  };
  const sent = async (place) => done((await store("waiting", "readwrite")).delete(place));

  const erase = async () => {
    if (opened) (await opened).close();
    opened = undefined;
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase("desk");
      request.onsuccess = request.onerror = request.onblocked = resolve;
    });
    if (window.caches) await caches.delete("desk");
  };
  return { usable, get, put, prepare, fresh, unlock, keep, read, wait, waiting, sent, erase };
})();
