"""Words that break naive software: scripts, joined emoji, signs of all widths, addresses."""

from hypothesis import strategies as st

FRAGMENTS = (
    "Ymunwch â ni yn Nhŷ'r Farchnad, Wrecsam",
    "Diolch yn fawr iawn i bawb!",
    "مرحبا بكم في ستوك",
    "שלום לכולם",
    "\u200fשלום 101\u200e",
    "👩🏽\u200d🚒👨\u200d👩\u200d👧\u200d👦",
    "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "1\ufe0f\u20e3 #\ufe0f\u20e3",
    "e\u0301 n\u0303 a\u0308\u0323",
    "क्षत्रिय ज़िंदगी",
    "日本語。全角！",
    "#StaffordshirePolice",
    "\uff03ＡＢＣ１２３",
    "#Stoke-on-Trent's",
    "#101 #2fast (#Leek)",
    "https://www.staffordshire.police.uk/faqs?a=1&b=ŵ#top.",
    "(see http://example.org/a_(b)_c)",
    "staffordshire.police.uk/report, www.gov.uk; cy.heddlu.uk",
    "post@staffordshire.police.uk",
    "“quoted” ‘curly’ — dash…",
    "\u00a0\u2028\u2029",
    "\U0001f600" * 5,
)

texts = (
    st.lists(
        st.one_of(
            st.sampled_from(FRAGMENTS),
            st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12),
        ),
        min_size=1,
        max_size=6,
    )
    .map(" ".join)
    .filter(lambda text: bool(text.strip()) and len(text) <= 250)
)
"""Any words that every platform takes: some ink, at most 250 code points."""
