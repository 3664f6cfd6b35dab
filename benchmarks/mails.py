"""Mails to measure with: seven plain ones in ten, some html, a few with a file. Deterministic."""

from __future__ import annotations

import base64
import random
import smtplib
import sys
import threading

from benchmarks.vocabulary import sentence


def make_mail(number: int) -> bytes:
    """One RFC 5322 message of 2 to 40 kB; the number decides everything in it."""
    rng = random.Random(number)
    sender = rng.randrange(5_000)
    headers = (
        f"From: Customer {sender} <customer{sender}@customers.example>\r\n"
        f"To: support@example.com\r\nSubject: {sentence(rng, 6)} {number}\r\n"
        f"Message-ID: <bench-{number}@customers.example>\r\n"
        "Date: Fri, 20 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    )
    text = "\r\n\r\n".join(sentence(rng, rng.randrange(30, 90)) for _ in range(4))
    kind = number % 20
    if kind < 14:
        body = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    elif kind < 19:
        html = "".join(f"<p>{part}</p>" for part in text.split("\r\n\r\n"))
        body = _multipart(
            "alternative",
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
            f"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>{html}</body></html>\r\n",
        )
    else:
        content = base64.encodebytes(rng.randbytes(25_000)).decode().replace("\n", "\r\n")
        body = _multipart(
            "mixed",
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
            'Content-Type: application/pdf; name="invoice.pdf"\r\nContent-Transfer-Encoding: base64'
            f'\r\nContent-Disposition: attachment; filename="invoice.pdf"\r\n\r\n{content}\r\n',
        )
    return (headers + body).encode()


def _multipart(subtype: str, *parts: str) -> str:
    joined = "".join(f"--edge\r\n{part}" for part in parts)
    return f'Content-Type: multipart/{subtype}; boundary="edge"\r\n\r\n{joined}--edge--\r\n'


def send_all(port: int, numbers: range, connections: int) -> None:
    """Send the mails over several connections, each mail once; raises when one is refused."""
    failures: list[BaseException] = []

    def work(share: range) -> None:
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
                for number in share:
                    client.sendmail(
                        "bounces@customers.example", ["support@example.com"], make_mail(number)
                    )
        except Exception as error:  # noqa: BLE001  raised again in the main thread
            failures.append(error)

    threads = [
        threading.Thread(target=work, args=(numbers[i::connections],)) for i in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


if __name__ == "__main__":  # the load comes from a process of its own
    send_all(int(sys.argv[1]), range(int(sys.argv[2]), int(sys.argv[3])), int(sys.argv[4]))
