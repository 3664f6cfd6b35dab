// Proof of work in a worker: finds a counter for which SHA-256(`nonce:counter`) begins with `bits`
// zero bits. Written out, because crypto.subtle is asynchronous (a promise for each of some 100,000
// hashes) and absent on pages without TLS. Messages are at most 55 bytes: one block (FIPS 180-4).
const K = new Uint32Array(64);
const START = new Uint32Array(8);

function fraction(root) {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

// The constants are the fractions of the square and cube roots of the first primes (FIPS 180-4, 4.2.2).
function fillConstants() {
  let count = 0;
  for (let number = 2; count < 64; number += 1) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= number; factor += 1) {
      if (number % factor === 0) isPrime = false;
    }
    if (!isPrime) continue;
    if (count < 8) START[count] = fraction(number ** (1 / 2));
    K[count] = fraction(number ** (1 / 3));
    count += 1;
  }
}

function leadingZeros(text) {
  const words = new Uint32Array(64);
  for (let at = 0; at < text.length; at += 1) words[at >> 2] |= text.charCodeAt(at) << (24 - (at % 4) * 8);
  words[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8);
  words[15] = text.length * 8;
  for (let at = 16; at < 64; at += 1) {
    const one = words[at - 15];
    const two = words[at - 2];
    const low = rotate(one, 7) ^ rotate(one, 18) ^ (one >>> 3);
    const high = rotate(two, 17) ^ rotate(two, 19) ^ (two >>> 10);
    words[at] = words[at - 16] + low + words[at - 7] + high;
  }
  const [first, second] = rounds(words);
  return first ? Math.clz32(first) : 32 + Math.clz32(second);
}

function rounds(words) {
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at += 1) {
    const one = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[at] + words[at];
    const two = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  return [(START[0] + a) >>> 0, (START[1] + b) >>> 0];
}

function rotate(word, by) {
  return (word >>> by) | (word << (32 - by));
}

fillConstants();
self.addEventListener("message", ({ data: { nonce, bits } }) => {
  let counter = 0;
  while (leadingZeros(`${nonce}:${counter}`) < bits) counter += 1;
  self.postMessage(String(counter));
});
