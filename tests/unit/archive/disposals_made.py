"""Disposals as they are said and told, for the tests of whoever destroys and whoever reads."""

from shared.months.disposal import Disposal, Extent, approved, begun, disposal_act
from shared.months.legal_hold import Word
from shared.posts.names import DisposalId, PersonId
from shared.recordlog.acts import Happened
from tests.builders import NOW
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import NOVEMBER, OCTOBER, SEPTEMBER, Archived, close, on

ASKS, AGREES = PersonId("p-asks"), PersonId("p-agrees")
THREE = (SEPTEMBER, OCTOBER, NOVEMBER)


def a_disposal(month=SEPTEMBER, bag="0" * 64, name="01DISPOSAL"):
    """Somebody asked that a month goes."""
    return Disposal(DisposalId(name), month, bag, Word(ASKS, NOW, "It is past its time."))


def agreed(*said, **more):
    """Somebody else approved it."""
    return approved(a_disposal(*said, **more), Word(AGREES, NOW))


def told(disposal, happened, month, day=4, before=()):
    """What stands on record of it."""
    return disposal_act(disposal, happened, on(month, day), before)


def nothing(_):
    """Nobody let it go."""
    return []


def three_months(let_go=SEPTEMBER, *, tell=nothing, leaves=40, said=nothing):
    """Three sealed months; in the last one stands what `tell` makes of a disposal of `let_go`, and
    in each what was `said` in it."""
    world = Archived()
    for month in THREE:
        world.log(leaves, on(month, 2))
        if besides := said(month):
            made.tell(world, besides)
        if month == NOVEMBER and (acts := tell(agreed(let_go, bag_of(world, let_go)))):
            made.tell(world, acts)
        close(world, month)
    return world


def bag_of(world, month):
    """The hash of a bag that is sealed."""
    return made.bags_of(objects=world.objects).bag(month).sealed.bag


def approval(disposal):
    """It was approved, and that is on record."""
    return [told(disposal, Happened.DISPOSAL_APPROVED, NOVEMBER)]


def taken_back(disposal):
    """It was approved, and refused after all."""
    return [*approval(disposal), told(disposal, Happened.DISPOSAL_REFUSED, NOVEMBER, 5)]


def going(disposal):
    """It began, and where it was approved is not here."""
    after = begun(disposal, Extent(40, 17), NOW)
    return [told(after, Happened.DISPOSAL_BEGUN, NOVEMBER)]


def without(world, *months):
    """What lies in the archive when these months are gone: their notes."""
    gone = tuple(f"month={each}/" for each in months)
    return {path: data for path, data in world.objects.items() if not path.startswith(gone)}
