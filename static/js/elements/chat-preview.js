// <chat-preview data-form="id">: shows in the widget beside the form what was typed, before it is saved.
const PAUSE = 200;

class ChatPreview extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.dataset.form);
    this.frame = this.querySelector("iframe");
    this.form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.show(), PAUSE);
    });
    this.frame.addEventListener("load", () => this.show());
  }

  show() {
    const value = name => this.form.elements[name]?.value?.trim() ?? "";
    const language = value("language") || "en";
    const texts = {};
    for (const name of ["heading", "greeting", "offline"]) {
      if (value(`${name}_${language}`)) texts[name] = value(`${name}_${language}`);
    }
    const questions = [];
    for (let at = 0; this.form.elements[`question_${at}`]; at += 1) {
      if (!value(`question_${at}`)) continue;
      questions.push({
        label: value(`question_${at}`), kind: value(`kind_${at}`),
        choices: value(`choices_${at}`).split("\n").filter(Boolean),
        is_required: this.form.elements[`required_${at}`].checked,
      });
    }
    const preview = {
      texts, questions, name: value("name"), side: value("side"), asksName: value("asks_name"), asksEmail: value("asks_email"),
      help: this.form.elements.offers_help.checked, files: this.form.elements.takes_files.checked, ...colors(value("color")),
    };
    this.frame.contentWindow.postMessage({ deskChat: 1, preview }, location.origin);
  }
}

// As the server does it (WCAG 1.4.3): white where it can be read, else black.
function colors(color) {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return {};
  const [red, green, blue] = [1, 3, 5].map(at => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const isDark = 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5;
  return { color, onColor: isDark ? "#ffffff" : "#16171a", ink: isDark ? color : "" };
}

customElements.define("chat-preview", ChatPreview);
