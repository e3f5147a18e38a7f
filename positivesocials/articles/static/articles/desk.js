// Buttons over each text of a guide that look up a claim or a source and put its mark where the cursor is.
// Wagtail's own scripts are there before this one: it is loaded with the blocks.
(() => {
  const MARKS = "/desk/guides/marks/";
  let asked;

  // Asked once a page, when first needed.
  const dialog = () => {
    asked ??= fetch(MARKS)
      .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
      .then((html) => {
        const parsed = new DOMParser().parseFromString(html, "text/html").querySelector("dialog");
        return document.body.appendChild(document.adoptNode(parsed));
      })
      .catch((error) => {
        asked = undefined;
        throw error;
      });
    return asked;
  };

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const show = (box, kind) => {
    const search = box.querySelector("[type=search]");
    const rows = [...box.querySelectorAll(`ul[data-of=${kind}] li`)];
    const sift = () => {
      const words = fold(search.value).split(/\s+/);
      for (const row of rows) {
        row.folded ??= fold(row.textContent);
        row.hidden = !words.every((word) => row.folded.includes(word));
      }
      box.querySelector("[data-none]").hidden = rows.some((row) => !row.hidden);
    };
    for (const part of box.querySelectorAll("[data-of]")) part.hidden = part.dataset.of !== kind;
    const title = box.querySelector(`h2[data-of=${kind}]`);
    for (const each of box.querySelectorAll("h2")) each.removeAttribute("id");
    title.id = box.getAttribute("aria-labelledby");
    search.value = "";
    search.oninput = sift;
    sift();
    box.showModal();
    search.focus();
  };

  const insert = (field, mark) => {
    field.focus();
    field.setRangeText(mark, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const choose = async (field, kind) => {
    const box = await dialog();
    box.onclick = (event) => {
      const pressed = event.target.closest("button");
      if (!pressed) return;
      box.close();
      if (pressed.value) insert(field, pressed.value);
    };
    show(box, kind);
  };

  class Marks extends window.StimulusModule.Controller {
    static values = { claim: String, source: String };

    connect() {
      this.bar = document.createElement("div");
      this.bar.className = "ps-bar";
      for (const kind of ["claim", "source"]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button button-small button-secondary";
        button.textContent = this[`${kind}Value`];
        button.addEventListener("click", () => choose(this.element, kind));
        this.bar.append(button);
      }
      this.element.before(this.bar);
    }

    disconnect() {
      this.bar.remove();
    }
  }

  window.wagtail.app.register("ps-marks", Marks);
})();
