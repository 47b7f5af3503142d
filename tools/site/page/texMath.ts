import {renderTex} from "../../math/render.js";

/** `<tex-math>` of the preview, which renders a formula where it arrives; a build has rendered all of them. */
customElements.define(
  "tex-math",
  class extends HTMLElement {
    connectedCallback() {
      const tex = this.dataset.tex ?? this.textContent ?? "";
      this.dataset.tex = tex;
      try {
        this.innerHTML = renderTex(tex, this.hasAttribute("display"));
      } catch (error) {
        this.textContent = String(error);
        this.style.color = "red";
      }
    }
  }
);
