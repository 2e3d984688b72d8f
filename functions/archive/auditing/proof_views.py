"""Orders of proofs as their pages show them: the list, and one with how far it is."""

from collections.abc import Iterator, Mapping

from archive.auditing.proof_shapes import file_address
from shared.months.proof_order import Kind, Order, State
from shared.pages.registry_views import EntryView, Fact, RegistryRow, Way
from shared.posts.localtime import moment_text

TITLE = "Proofs and verifications"
ADDRESS = "/audit/proofs"
EMPTY = "Nobody has had anything proved or verified yet."
WAYS = (
    Way("/audit/proofs/new", "Verify months"),
    Way("/audit/proofs/new?leaf=", "Prove a record"),
    Way("/audit/proofs/new?post=", "Make a bundle for court"),
    Way("/audit", "Sealed months"),
)
TITLES: Mapping[Kind, str] = {
    Kind.LEAF: "Proof of {}",
    Kind.BUNDLE: "Bundle for court: {}",
    Kind.MONTHS: "Verification of {}",
}
TAGS: Mapping[State, tuple[str, str]] = {
    State.ASKED: ("Under way", "yellow"),
    State.MADE: ("Made", "green"),
    State.HELD: ("Everything holds", "green"),
    State.WRONG: ("Something is wrong", "red"),
    State.BROKEN: ("Not made", "grey"),
}
UNDER_WAY = "It goes on by itself. Look again in a while; you need not stay."
HELD = "Every file, record and signature of these months holds."
WRONG = "This is the first thing wrong. Nothing was handed out: {}"
SAVE = "Files to be saved lie here for seven days, each by a link that leads there for minutes."
EXPIRED = "Its files were kept for seven days. Ask again, and you get the same ones."
LEAVES_SHOWN, LINES = 20, 30


def row_of(order: Order) -> RegistryRow:
    """One line of the list."""
    tag, colour = TAGS[order.state]
    hint = f"Asked for {moment_text(order.asked_at)}."
    return RegistryRow(f"{ADDRESS}/{order.proof_id}", title_of(order), tag, colour, hint)


def title_of(order: Order) -> str:
    """What it is, and about what."""
    months = str(order.first)
    if order.first != order.last:
        months = f"{order.first} to {order.last}"
    about = order.about.replace(":", " ", 1) if order.about != "months" else months
    return TITLES[order.kind].format(about)


def view_of(order: Order, asked_by: str, *, kept: bool) -> EntryView:
    """One order: how far it is, and what came of it; `kept` says whether its files are there."""
    tag, colour = TAGS[order.state]
    return EntryView(
        title_of(order),
        tag,
        colour,
        tuple(_facts(order, asked_by)),
        ways=tuple(_ways(order, kept=kept)),
        notice=_notice(order, kept=kept),
    )


def _notice(order: Order, *, kept: bool) -> str:
    if order.state is State.ASKED:
        return UNDER_WAY
    if order.state is State.WRONG:
        return WRONG.format(order.sentence)
    if order.state is State.MADE:
        return " ".join(each for each in (SAVE if kept else EXPIRED, order.sentence) if each)
    if order.state is State.HELD:
        return " ".join(each for each in (HELD, order.sentence) if each)
    return order.sentence


def _ways(order: Order, *, kept: bool) -> Iterator[Way]:
    if order.state is State.ASKED:
        yield Way(f"{ADDRESS}/{order.proof_id}", "Look again")
    for each in order.files if kept else ():
        size = f"{max(1, round(each.octets / 1000)):,} kB"
        yield Way(file_address(order, each.name), f"Save {each.name} ({size})")
    yield Way(ADDRESS, "All proofs and verifications")


def _facts(order: Order, asked_by: str) -> Iterator[Fact]:
    yield Fact("Asked by", (f"{asked_by}, {moment_text(order.asked_at)}",))
    if producer := order.producer:
        labelled = f"as {producer.label}{producer.number} onwards"
        yield Fact("Produced by", (f"{producer.name}, {producer.role}", labelled))
    if order.leaves:
        shown = ", ".join(map(str, order.leaves[:LEAVES_SHOWN]))
        more = f" and {len(order.leaves) - LEAVES_SHOWN} more"
        yield Fact("Leaves", (shown + (more if len(order.leaves) > LEAVES_SHOWN else ""),))
    done, all_of_them = len(order.checked), len(order.needed)
    yield Fact("Months verified", (f"{done} of {all_of_them}",))
    if done:
        yield Fact("Said by the verifier", tuple(_said(order)))
    for each in order.files:
        yield Fact(f"SHA-256 of {each.name}", (each.sha256,))
    if order.over_at:
        yield Fact("Over since", (moment_text(order.over_at),))


def _said(order: Order) -> Iterator[str]:
    """A line for each month; the whole of it is in the API, and in the certificate."""
    for each in order.checked[-LINES:]:
        yield each.said.partition("\n")[0]
