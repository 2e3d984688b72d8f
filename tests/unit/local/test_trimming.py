"""A style sheet keeps every rule a page can use, and no rule that none can."""

import pytest

from local.trimming import Vocabulary, trimmed

PAGES = Vocabulary.of('<p class="body tag tag--{{ colour }}">', 'one.className = "live";')


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".body{margin:0}", ".body{margin:0}"),
        (".live{color:red}", ".live{color:red}"),
        (".tag--green{color:green}", ".tag--green{color:green}"),
        (".other{margin:0}", ""),
        (".tagged{margin:0}", ""),
        (".body,.other{margin:0}", ".body{margin:0}"),
        (".other .body{margin:0}", ""),
        (".body .tag:focus{margin:0}", ".body .tag:focus{margin:0}"),
        (".body:not(.other){margin:0}", ".body:not(.other){margin:0}"),
        (".body:is(.a,.b),.other{margin:0}", ".body:is(.a,.b){margin:0}"),
        ("a[href^='x,y'],.other{top:0}", "a[href^='x,y']{top:0}"),
        (":root{--x: 1}", ":root{--x: 1}"),
        (r".\!-x{margin:0}", ""),
        ("@media print{.body{top:0}.other{top:0}}", "@media print{.body{top:0}}"),
        ("@media print{.other{top:0}}.body{top:0}", ".body{top:0}"),
        (
            "@supports (a:b){@media print{.body{top:0}}}",
            "@supports (a:b){@media print{.body{top:0}}}",
        ),
        ("@page{margin:1cm}", "@page{margin:1cm}"),
        ('@charset "x;y";.body{top:0}', '@charset "x;y";.body{top:0}'),
        ('.body::after{content:"} .other{"}.other{top:0}', '.body::after{content:"} .other{"}'),
        ("/* { */.body{top:0}", "/* { */.body{top:0}"),
    ],
)
def test_a_rule_stays_if_a_page_can_use_it(css: str, kept: str) -> None:
    assert trimmed(css, PAGES) == kept
