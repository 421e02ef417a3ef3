"""Requests as fast as a server answers them, on so many connections, from a process of their own."""

import asyncio
import sys
import time
from urllib.parse import urlsplit

SECONDS = 3.0
MEGABYTE = 1 << 20


async def _connection(host: str, port: int, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection(host, port, limit=MEGABYTE)
    done = 0
    while time.perf_counter() < until:
        writer.write(request)
        lower = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not lower.startswith(b"http/1.1 2"):
            raise RuntimeError(lower.decode("latin-1"))
        if b"content-length:" in lower:
            length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        else:
            await _chunks(reader)
        done += 1
        if b"connection: close" in lower:
            writer.close()
            reader, writer = await asyncio.open_connection(host, port, limit=MEGABYTE)
    writer.close()
    return done


async def _chunks(reader: asyncio.StreamReader) -> None:
    while True:
        size = int((await reader.readuntil(b"\r\n")).strip(), 16)
        await reader.readexactly(size + 2)
        if size == 0:
            return


async def _run(url: str, body: bytes, connections: int) -> float:
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or 80
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
    request = head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    until = time.perf_counter() + SECONDS
    done = await asyncio.gather(*(_connection(host, port, request, until) for _ in range(connections)))
    return sum(done) / SECONDS


if __name__ == "__main__":
    print(asyncio.run(_run(sys.argv[1], sys.argv[2].encode(), int(sys.argv[3]))))
