// Choosing the square of a picture that is kept: drag, wheel and slider, or arrow keys with plus and minus. The
// server cuts it; here is only shown what it will cut.
const LARGEST = 8 * 1024 * 1024;
const STEP = 0.02;

class PhotoCrop extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector(".photo-form");
    this.file = this.querySelector("[type=file]");
    this.stage = this.querySelector("[data-stage]");
    this.frame = this.querySelector("[data-frame]");
    this.canvas = this.querySelector("[data-canvas]");
    this.zoom = this.querySelector("[data-zoom]");
    this.save = this.querySelector("[data-save]");
    this.save.disabled = true;
    this.file.addEventListener("change", () => this.chosen());
    this.zoom.addEventListener("input", () => this.draw());
    this.frame.addEventListener("pointerdown", (event) => this.grab(event));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    this.frame.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  async chosen() {
    const [file] = this.file.files;
    this.stage.hidden = true;
    this.save.disabled = true;
    this.say("");
    if (!file) return;
    if (file.size > LARGEST) return this.say(this.dataset.tooLarge);
    try {
      this.picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      return this.say(this.dataset.unreadable);
    }
    this.x = this.y = 0.5; // the middle of the square, as parts of the picture
    this.zoom.value = 1;
    this.stage.hidden = false;
    this.save.disabled = false;
    this.draw();
    this.frame.focus();
  }

  say(text) {
    this.querySelector("[data-error]").textContent = text;
  }

  // The square in pixels of the picture.
  square() {
    const { width, height } = this.picture;
    const side = Math.min(width, height) / Number(this.zoom.value);
    const left = Math.min(Math.max(0, this.x * width - side / 2), width - side);
    const top = Math.min(Math.max(0, this.y * height - side / 2), height - side);
    this.x = (left + side / 2) / width;
    this.y = (top + side / 2) / height;
    return { left, top, side };
  }

  draw() {
    const { left, top, side } = this.square();
    const { width, height } = this.canvas;
    const paper = this.canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, width, height);
    paper.drawImage(this.picture, left, top, side, side, 0, 0, width, height);
    this.put("left", left / this.picture.width);
    this.put("top", top / this.picture.height);
    this.put("side", side / Math.min(this.picture.width, this.picture.height));
  }

  put(name, value) {
    const field = this.form.elements[name];
    field.disabled = false;
    field.value = value.toFixed(4);
  }

  grab(event) {
    this.frame.setPointerCapture(event.pointerId);
    let { clientX, clientY } = event;
    const move = (next) => {
      this.shift((clientX - next.clientX) / this.frame.clientWidth, (clientY - next.clientY) / this.frame.clientHeight);
      ({ clientX, clientY } = next);
    };
    this.frame.addEventListener("pointermove", move);
    this.frame.addEventListener("pointerup", () => this.frame.removeEventListener("pointermove", move), { once: true });
  }

  // By parts of the square.
  shift(right, down) {
    const { side } = this.square();
    this.x += (right * side) / this.picture.width;
    this.y += (down * side) / this.picture.height;
    this.draw();
  }

  key(event) {
    const ways = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    if (event.key in ways) this.shift(...ways[event.key]);
    else if (event.key === "+" || event.key === "=") this.resize(0.1);
    else if (event.key === "-") this.resize(-0.1);
    else return;
    event.preventDefault();
  }

  wheel(event) {
    event.preventDefault();
    this.resize(event.deltaY < 0 ? 0.1 : -0.1);
  }

  resize(by) {
    this.zoom.value = Number(this.zoom.value) + by;
    this.draw();
  }
}

customElements.define("photo-crop", PhotoCrop);
