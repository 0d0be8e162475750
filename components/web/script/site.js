// Niceties only: every page works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("lively");

  // Gallery: a thumbnail moves the row of pictures, not the page.
  document.addEventListener("click", (event) => {
    const thumb = event.target.closest("[data-shot]");
    if (!thumb) return;
    const shot = document.querySelector(thumb.getAttribute("href"));
    if (!shot) return;
    event.preventDefault();
    const row = shot.parentElement;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    row.scrollBy({
      left: shot.getBoundingClientRect().left - row.getBoundingClientRect().left,
      behavior: calm ? "auto" : "smooth",
    });
  });

  // Lists: a new order needs no button.
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches("[data-filters] select")) field.form.requestSubmit();
    if (field.matches("[data-change] input[type=number]") && field.validity.valid) field.form.requestSubmit();
    if (field.matches("[data-choose] input[type=radio]")) renew(field);
  });

  // Product: price and stock follow the choice without a new page. What fails falls back to one.
  let latest = 0;
  async function renew(field) {
    const form = field.form;
    const show = form.querySelector("[formaction]");
    const query = new URLSearchParams(new FormData(form));
    query.delete("product");
    const address = `${show.getAttribute("formaction")}?${query}`;
    const turn = (latest += 1);
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== latest) return;
      const fresh = page.getElementById("buy");
      const open = document.querySelector(".in-stores")?.open;
      document.getElementById("buy").replaceWith(fresh);
      if (open) fresh.querySelector(".in-stores")?.setAttribute("open", "");
      fresh.querySelector(`#${field.id}`)?.focus({ preventScroll: true });
      history.replaceState(null, "", address);
    } catch {
      location.assign(address);
    }
  }

  // Half a page must not pass for a whole: it is asked for once more, and then says so.
  if (!document.getElementById("end")) {
    if (performance.getEntriesByType("navigation")[0]?.type === "navigate") location.reload();
    const said = document.createElement("p");
    said.className = "notice notice-bad";
    said.role = "alert";
    said.textContent = document.body.dataset.cut;
    document.body.append(said);
  }

  // Leaving: reported once a page; what it means is decided by the shop.
  const leaving = document.body.dataset.leaving;
  let reported = !leaving;
  async function report() {
    if (reported) return;
    reported = true;
    try {
      const answer = await fetch(leaving, { method: "POST" });
      if (answer.status !== 200) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const dialog = document.body.appendChild(page.querySelector("dialog"));
      dialog.showModal();
    } catch {
      // Whoever leaves while the shop is slow just leaves.
    }
  }
  root.addEventListener("mouseleave", (event) => {
    if (event.clientY <= 0) report();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && document.wasHidden) report();
    document.wasHidden = document.visibilityState === "hidden";
  });

  // Dropped-down panels close on a click elsewhere and on Escape.
  const close = (but) => {
    for (const panel of document.querySelectorAll("details.facet[open]")) if (panel !== but) panel.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest("details.facet")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector("details.facet[open] summary")?.focus();
    close(null);
  });
})();
