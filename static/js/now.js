// While the meeting runs, what goes on now is asked for again every minute, as long as somebody looks at the page.
// Staff do not get this script: a page left open would keep their session from ending.
(() => {
  const MINUTE = 60_000;
  const refresh = async () => {
    const old = document.getElementById("now");
    if (document.hidden || !old || old.contains(document.activeElement)) return;
    try {
      const answer = await fetch(location.pathname + location.search);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("now");
      if (fresh) old.replaceWith(fresh);
      else old.remove();
    } catch {
      // no network: what stands there says when it was so
    }
  };
  setInterval(refresh, MINUTE);
  document.addEventListener("visibilitychange", refresh);
})();
