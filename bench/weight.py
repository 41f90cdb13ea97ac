"""What a first visit costs on the wire: the page and all it needs, as the server sends them."""

import http.client
import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


class _Needs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.others: list[str] = []
        self.blocking: list[str] = []
        self._inline = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        rel = (a.get("rel") or "").split()
        if tag == "link" and "stylesheet" in rel:
            self.styles.append(a["href"] or "")
        elif tag == "link" and {"icon", "preload"} & set(rel):
            self.others.append(a["href"] or "")
        elif tag == "script":
            if a.get("src"):
                self.others.append(a["src"] or "")
                if not ("defer" in a or "async" in a or a.get("type") == "module"):
                    self.blocking.append(a["src"] or "")
            elif a.get("type") not in ("application/json", "application/ld+json"):
                self.blocking.append("inline script")
        elif tag in ("img", "source", "iframe") and a.get("src"):
            self.others.append(a["src"] or "")


def weigh(port: int, path: str) -> dict[str, object]:
    """Bytes of body and headers of the page and of every file it names, styles' fonts included."""
    html, total = _fetch(port, path)
    needs = _Needs()
    needs.feed(html)
    urls = dict.fromkeys(urljoin(path, url) for url in needs.styles + needs.others)
    parts = {path: total}
    for url in list(urls):
        text, size = _fetch(port, url)
        parts[url] = size
        if url in {urljoin(path, style) for style in needs.styles}:
            for inner in re.findall(r"url\([\"']?(?!data:|#)([^\"')]+)", text):
                found = urljoin(url, inner)
                if found not in parts:
                    parts[found] = _fetch(port, found)[1]
    return {
        "bytes": sum(parts.values()),
        "requests": len(parts),
        "blocking": needs.blocking,
        "strangers": [url for url in parts if urlsplit(url).netloc],
        "parts": parts,
    }


def _fetch(port: int, path: str) -> tuple[str, int]:
    import brotli

    if urlsplit(path).netloc:
        return "", 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path}: {response.status}")
    size = len(body) + sum(len(name) + len(value) + 4 for name, value in response.getheaders())
    if response.headers.get("Content-Encoding") == "br":
        body = brotli.decompress(body)
    elif response.headers.get("Content-Encoding") == "gzip":
        import gzip

        body = gzip.decompress(body)
    return body.decode("utf-8", "replace"), size
