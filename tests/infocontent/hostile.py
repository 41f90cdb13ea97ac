"""What a hostile editor types, and what a browser would make of the answer."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from infocontent.markdown import ATTRIBUTES, TAGS

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg/onload=alert(1)//",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=//evil.example/x.swf>",
    "<style>*{background:url(//evil.example)}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><input name=nik autofocus onfocus=alert(1)></form>",
    "<details open ontoggle=alert(1)>x</details>",
    "<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<a href='javascript:alert(1)'>x</a>",
    "<p onclick=alert(1) style='position:fixed' id=main class=tombol>x</p>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    '"><img src=x onerror=alert(1)>',
    "</textarea></title></script><script>alert(1)</script>",
    "{{7*7}}{% debug %}${7*7}<%= 7*7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\u202e<script>\u2066alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#106;avascript&colon;alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x]( \x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](intent://evil.example#Intent;scheme=https;end)",
    "[x](view-source:https://evil.example)",
    "[x][k]\n\n[k]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '[x](https://a.example "onmouseover=alert(1) \\"><script>")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example/<script>alert(1)</script>)",
    "![x](https://evil.example/a.png)",
    "![x](javascript:alert(1))",
    "![x][k]\n\n[k]: https://evil.example/a.png",
    "[![x](https://evil.example/a.png)](https://a.example)",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "`<script>alert(1)</script>`",
    "```html\" onload=\"alert(1)\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "| a | b |\n|---|---|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |",
    "[[tarif <script>alert(1)</script>]]",
    "[[tabel-tarif \" onload=\"alert(1)]]",
    "[[kantor ]](javascript:alert(1))",
    "[[[x](javascript:alert(1))]]",
]  # fmt: skip
PLACES = {
    "body": "{}",
    "heading": "# {}",
    "list": "- {}",
    "quote": "> {}",
    "table": "| a |\n|---|\n| {} |",
    "link text": "[{}](https://a.example)",
    "link target": "[x]({})",
    "pointed link target": "[x](<{}>)",
    "link title": '[x](https://a.example "{}")',
    "reference": "[x]\n\n[x]: {}",
    "code": "`{}`",
    "fence": "```{}\n{}\n```",
    "picture": "![{}]({})",
    "fact": "[[tarif {}]]",
    "table of facts": "[[tabel-tarif {}]]",
    "kind of fact": "[[{}]]",
}
# What an <a> may carry besides what an editor can give it.
GIVEN_BY_US = {"a": {"rel"}}


class Reader(HTMLParser):
    """Notes whatever a browser would find that the list of allowed things does not hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()) | GIVEN_BY_US.get(tag, set()):
                self.wrong.append(f"<{tag} {name}>")
            # As browsers do: signs up to the blank are dropped, wherever they stand.
            address = re.sub(r"[\x00-\x20]", "", value or "")
            if name == "href" and urlsplit(address).scheme not in {
                "", "http", "https", "mailto", "tel",
            }:  # fmt: skip
                self.wrong.append(f"{name}={value}")

    def handle_endtag(self, tag):
        if tag not in TAGS:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data):
        self.wrong.append(f"<?{data}>")

    def unknown_decl(self, data):
        self.wrong.append(f"<![{data}]>")


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def wrong_in(html):
    return read(html).wrong


def words_in(html):
    return " ".join("".join(read(html).words).split())


class Page(HTMLParser):
    """Every tag of a page with its attributes, and what stands in its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        if self.cdata_elem == "script":
            self.scripts.append(data)

    @property
    def dangers(self):
        found = [name for _, attrs in self.tags for name in attrs if name.startswith("on")]
        for tag, attrs in self.tags:
            address = re.sub(r"[\x00-\x20]", "", attrs.get("href") or attrs.get("src") or "")
            if urlsplit(address).scheme not in {"", "http", "https", "mailto", "tel"}:
                found.append(address)
            if tag != "a" and "evil.example" in address:
                found.append(address)
            if tag == "script" and not address and attrs.get("type") != "application/ld+json":
                found.append("<script>")
            if tag in {"iframe", "object", "embed", "base", "style", "math"}:
                found.append(f"<{tag}>")
        return found + [script for script in self.scripts if "<" in script]
