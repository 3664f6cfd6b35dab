// Two soft notes when somebody answers; silent until the visitor turns it on.
export class Sound {
    constructor(store) {
        this.store = store;
    }

    get isOn() {
        return this.store.get("sound", false);
    }

    toggle() {
        this.store.set("sound", !this.isOn);
        this.play();
    }

    play() {
        if (!this.isOn) return;
        try {
            this.context ??= new AudioContext();
            this.#note(660, 0);
            this.#note(880, 0.12);
        } catch { /* no sound here: the words are on the screen */ }
    }

    #note(pitch, after) {
        const at = this.context.currentTime + after;
        const tone = this.context.createOscillator();
        const volume = this.context.createGain();
        tone.frequency.value = pitch;
        volume.gain.setValueAtTime(0.08, at);
        volume.gain.exponentialRampToValueAtTime(0.001, at + 0.25);
        tone.connect(volume).connect(this.context.destination);
        tone.start(at);
        tone.stop(at + 0.25);
    }
}
