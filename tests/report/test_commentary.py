"""The consultant's words on the page: nothing runs, loads or leads anywhere, whatever was written."""

import re

import pytest

from crmkit.client import open_client
from crmkit.report import text
from crmkit.report.text.commentary import safe_html

#: Elements that Markdown may become here, and nothing beside them; none has an attribute but these.
ELEMENTS = {
    "p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "hr", "br", "table",
    "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = re.compile(r'^(?: start="\d+"| style="text-align:(?:left|right|center)"| class="language-[^"<>]*")?\s*/?$')

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "script over lines": "<script>\nalert(1)\n</script>\n",
    "style": "<style>body{display:none}</style>",
    "iframe": '<iframe src="https://x.example"></iframe>',
    "svg": "<svg onload=alert(1)><use href=#a></svg>",
    "unclosed": "<img src=x onerror=alert(1) ",
    "in a table": "| <b> | a |\n|---|---|\n| <script>x</script> | ![i](//x) |\n",
    "in code": "`<script>`\n\n```html\n<script>alert(1)</script>\n```\n",
    "fence with a name": '```"><script>\nx\n```\n',
    "javascript link": "[a](javascript:alert(1)) [b]( JaVaScRiPt:alert(1)) [c](java&#115;cript:alert(1))",
    "data link": "[a](data:text/html;base64,PHNjcmlwdD4=) ![b](data:image/svg+xml,<svg/onload=x>)",
    "title of a link": '[a](https://x.example "\\" onmouseover=\\"x")',
    "reference link": '[a][1] [b]\n\n[1]: https://x.example "t"\n[b]: javascript:x',
    "reference image": "![a][1]\n\n[1]: https://x.example/a.png",
    "autolink": "<https://x.example?a=<b>> <javascript:x> <a@b.example>",
    "bare address": "https://x.example und www.x.example",
    "entities": "&lt;script&gt; &#60;script&#62; &#x3C;b&#x3E; &NotEqualTilde; &amp;lt;",
    "heading": "# eins\n## zwei\n### drei\n###### sechs\n\nUnterstrichen\n====\n",
    "nested table": "| a | b |\n|---|---|\n| | c | d | |\n| |---| | |\n",
    "aligned table": "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n",
    "footnote": "Ein Satz.[^1]\n\n[^1]: Die Fußnote dazu.",
    "list": "3. drei\n4. vier\n\n- a\n  - b\n",
    "conditional": "<![CDATA[ <script>x</script> ]]> <!DOCTYPE x> <?php x ?>",
    "jinja": "{{ 7 * 7 }} {% raw %}",
}


@pytest.mark.parametrize("markdown", HOSTILE.values(), ids=HOSTILE)
def test_nothing_but_words_and_their_order(markdown):
    made = safe_html(markdown)
    tags = re.findall(r"<(/?)([a-zA-Z][\w-]*)([^>]*)>", made)
    assert {name for _, name, _ in tags} <= ELEMENTS
    assert [more for _, _, more in tags if not ATTRIBUTES.match(more)] == []
    assert not re.search(r"<[!?]", made)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# Kurz\n## Kürzer\n###### Ende", "<h3>Kurz</h3>\n<h4>Kürzer</h4>\n<h6>Ende</h6>\n"),
        ("[a][1]\n\n[1]: https://x.example", "<p>a (https://x.example)</p>\n"),
        ("Satz.[^1]\n\n[^1]: Die Fußnote dazu.", "<p>Satz.[^1]</p>\n<p>[^1]: Die Fußnote dazu.</p>\n"),
        ("&lt;b&gt; &auml; &#0;", "<p>&lt;b&gt; ä \ufffd</p>\n"),
        ("Eva\u202e retniW\u2066 x\u0000y", "<p>Eva retniW xy</p>\n"),
        ("a\u2028b", "<p>a b</p>\n"),
    ],
)
def test_what_becomes_of_it(markdown, html):
    assert safe_html(markdown) == html


@pytest.mark.parametrize("deep", [">" * 10_000 + " x", "- " * 10_000 + "x", "[" * 10_000, "**a _b" * 5_000])
def test_deep_nesting_ends_somewhere(deep):
    made = safe_html(deep)
    assert made.count("<blockquote>") + made.count("<ul>") < 50
    assert len(made) < 50_000


@pytest.fixture
def commented(client_of):
    """Return a function that opens a client with words on the first page."""

    def make(words: str, **more):
        client = client_of(**more)
        (client.folder / "commentary").mkdir(exist_ok=True)
        (client.folder / "commentary" / "glance.md").write_text(words, encoding="utf-8")
        return open_client(client.folder, as_of=client.as_of)

    return make


def test_the_plain_words_are_those_that_are_seen(commented):
    block = text.commentary(
        commented("# A\n\nGut. <!-- noch Müller fragen -->\n\n[geheim]: https://x.example"), "glance"
    )
    assert block.plain == "A\nGut."
    assert "Müller" not in block.html
    assert "x.example" not in block.html


def test_words_that_say_nothing_are_absent(commented):
    assert text.commentary(commented("[a]: https://x.example"), "glance").kind == "absent"
    assert text.commentary(commented("![](a.png)"), "glance").kind == "absent"


def test_words_of_today_do_not_stand_in_the_report_of_another_day(commented):
    client = commented("Gut.")
    assert text.commentary(client, "glance").kind == "commentary"
    earlier = open_client(client.folder, as_of="2025-06-29")
    assert text.commentary(earlier, "glance").plain == "Kein Kommentar zu diesem Abschnitt."


def test_the_label_speaks_the_language_of_the_page(commented):
    block = text.commentary(commented("Good.", settings="brand: {consultant: Rat & Tat}\n"), "glance", language="en")
    assert block.html.startswith('<aside class="commentary">\n<p class="by">Commentary · Rat &amp; Tat</p>')
