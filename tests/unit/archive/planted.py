"""What must not be, planted into a lawful force for each fixed question, and beside it what is only
just lawful. Every function is called as its question and names the leaves that must be found; what
another question finds besides is named there as well.
"""

from collections import defaultdict
from datetime import timedelta

from shared.accounts.training import Topic
from tests.unit.archive.copying import MORNING
from tests.unit.archive.lawful import (
    DAY,
    FINDING,
    MINUTE,
    SECOND,
    Life,
    about_account,
    about_appeal,
    about_deletion,
    about_drift,
    about_incident,
    about_person,
    about_takedown,
    asked_away,
    asked_down,
    by_hand,
    by_two,
    declared,
    entered,
    later,
    moment,
    opened,
    taken_away,
    taught,
)

LAST = 2000
"""The hour of the last act that is known, by which what is overdue is so."""

BLOCKING = {**FINDING, "rule": "personal-data", "severity": "block"}


class Named:
    """Which leaves each question has to find."""

    def __init__(self):
        self.leaves = defaultdict(set)
        self._posts = 100

    def by(self, question, *leaves):
        self.leaves[question] |= set(leaves)

    def life(self, told, **said):
        """A post of its own."""
        self._posts += 1
        return Life(told, self._posts, **said)


def own_approvals(told, named):
    mine = named.life(told, author="p-comms")
    mine.submitted(200)
    named.by("own_approvals", mine.approved(201))
    changed = named.life(told, author="p-comms")
    changed.submitted(200)
    after = changed.next()
    after.submitted(201, actor="p-duty")
    named.by("own_approvals", after.approved(202, "p-comms"))
    by_name = named.life(told)
    by_name.submitted(200)
    named.by("own_approvals", by_name.approved(201, "p-duty", approver="p-officer"))
    edited = named.life(told, author="p-comms")
    edited.submitted(200)
    named.by("own_approvals", edited.approved(201, kind="approval.edited"))
    later_only = named.life(told, author="p-comms", version=2)  # the first lies further back
    later_only.submitted(200)
    named.by("own_approvals", later_only.approved(201))
    # Neither its author nor whoever changed it last; nor is sending one's own back an approval.
    between = named.life(told, author="p-comms")
    between.submitted(200)
    second = between.next()
    second.submitted(201, actor="p-duty")
    third = second.next()
    third.submitted(202, actor="p-senior")
    third.approved(203, "p-duty")
    back = named.life(told, author="p-comms")
    back.submitted(200)
    back.approved(201, kind="approval.returned")


def own_reviews(told, named):
    released = {"decision": "release", "held_for": "incident", "incident": "01I"}
    for decision, reason, found in (
        ("release", "incident", True),
        ("release", "late", False),
        ("return", "incident", False),
    ):
        held = named.life(told, author="p-comms")
        held.submitted(210)
        said = {"decision": decision, "held_for": reason}
        index = held.act("post.reviewed", 211, actor="p-comms", **said)
        named.by("own_reviews", *([index] if found else []))
    alone = named.life(told, author="p-comms", version=2)
    alone.submitted(210)
    named.by("own_reviews", alone.act("post.reviewed", 211, actor="p-comms", **released))
    first = named.life(told, author="p-comms")
    first.submitted(210)
    second = first.next()
    second.submitted(211, actor="p-duty")
    named.by("own_reviews", second.act("post.reviewed", 212, actor="p-comms", **released))
    urgent = named.life(told, account="leek", author="p-commander")
    urgent.submitted(210)
    urgent.act("post.urgent", 210, actor="p-commander", reason="Now.", rules=[])
    seen = {"due": moment(240).isoformat(), "actor": "p-commander"}
    named.by("own_reviews", urgent.act("post.urgent_reviewed", 211, **seen))
    for number, reviewer in ((900, "p-duty"), (901, "p-officer")):
        index = by_hand(told, number, 210, reviewed=reviewer)
        named.by("own_reviews", index + 2)


def quick_approvals(told, named):
    for seconds, after, found in ((4.999, 0, True), (0, 0, True), (5, 0, False), (5, 0.5, False)):
        life = named.life(told)
        life.submitted(220)
        index = life.approved(221 + after * SECOND, shown=seconds)
        named.by("quick_approvals", *([index] if found else []))
    # Within one second of the clock and the next, and yet too soon.
    life = named.life(told)
    life.submitted(220)
    named.by("quick_approvals", life.approved(221 + 0.2 * SECOND, shown=4.9))
    rejected = named.life(told)
    rejected.submitted(220)
    rejected.approved(221, kind="approval.rejected", shown=1)


def unseen_approvals(told, named):
    for way, kind, found in (
        ("link", "approval.approved", True),
        ("queue", "approval.approved", False),
        ("link", "approval.returned", False),
    ):
        life = named.life(told)
        life.submitted(230)
        index = life.approved(231, shown=None, way=way, kind=kind)
        named.by("unseen_approvals", *([index] if found else []))


def other_words_approved(told, named):
    other = {"content_hash": "b" * 64}
    life = named.life(told)
    life.submitted(240)
    named.by("other_words_approved", life.approved(241, **other))
    returned = named.life(told)
    returned.submitted(240)
    returned.approved(241, kind="approval.returned", **other)
    named.life(told).approved(241, **other)  # sent in before these months


def uncleared_words(told, named):
    never = named.life(told)
    never.submitted(250)
    found = never.released(251), never.claimed(252), never.sent(253)
    too_late = named.life(told)
    too_late.submitted(250)
    found += (too_late.released(251),)
    too_late.cleared(252)
    # Other words of the same version were approved, and the version before this one.
    other = named.life(told)
    other.submitted(250)
    named.by("other_words_approved", other.approved(251, content_hash="b" * 64))
    found += (other.released(252),)
    before = named.life(told)
    before.submitted(250)
    before.approved(251, kind="approval.edited")
    before.cleared(250.5)
    edited = before.next()
    edited.words = before.words
    edited.submitted(251, actor="p-comms")
    found += (edited.released(252),)
    named.by("uncleared_words", *found)
    at_once = named.life(told)
    at_once.submitted(250)
    at_once.cleared(251)
    at_once.released(251)
    at_once.cleared(252)
    earlier = named.life(told)  # sent in and cleared before these months
    earlier.released(250)


def unreleased_words(told, named):
    never = named.life(told)
    never.submitted(260)
    never.cleared(261)
    found = (never.claimed(262),)
    never.sent(263)
    other = named.life(told)
    other.submitted(260)
    other.cleared(261)
    named.by("uncleared_words", other.released(262, content_hash="b" * 64))
    found += (other.claimed(263),)
    other.sent(264)
    too_late = named.life(told)
    too_late.submitted(260)
    too_late.cleared(261)
    found += (too_late.claimed(262),)
    too_late.released(262.5)
    too_late.sent(263)
    same_words = named.life(told)
    same_words.words = other.words
    same_words.submitted(260)
    same_words.cleared(261)
    same_words.released(262)
    named.by("unreleased_words", *found)
    twice = named.life(told)
    twice.words = never.words
    twice.submitted(260)
    twice.cleared(261)
    twice.released(261)
    twice.claimed(261.5)
    twice.released(262)
    twice.sent(263)
    at_once = named.life(told)
    at_once.submitted(260)
    at_once.cleared(261)
    at_once.released(262)
    at_once.claimed(262)
    at_once.sent(263)
    earlier = named.life(told)
    earlier.claimed(260)
    earlier.sent(261)


def ended_versions_sent(told, named):
    for kind in (
        *("approval.edited", "approval.rejected", "approval.returned", "post.blocked"),
        *("post.expired", "post.superseded", "post.withdrawn"),
    ):
        life = named.life(told)
        life.submitted(270)
        life.cleared(270.5)
        life.act(kind, 271, actor="p-comms")
        named.by("ended_versions_sent", life.released(272), life.claimed(273))
        life.sent(274)
        same_moment = named.life(told)
        same_moment.submitted(270)
        same_moment.cleared(270.5)
        same_moment.act(kind, 271, actor="p-comms")
        same_moment.released(271)
    again = named.life(told)
    again.submitted(270)
    again.cleared(270.5)
    again.act("post.withdrawn", 271, actor="p-officer")
    named.by("ended_versions_sent", again.released(272))
    again.act("post.expired", 273)
    held = named.life(told)
    held.submitted(270)
    held.cleared(270.5)
    held.act("post.held", 271, why="late")
    held.released(272)


def findings_nobody_read(told, named):
    def read(severity="review", rules=("rumour",), kind="cleared", version="2026-09"):
        life = named.life(told)
        life.submitted(280, findings=[{**FINDING, "severity": severity}])
        said = {"rules": list(rules), "policy_version": version}
        return life.act(f"post.{kind}", 281, **said)

    named.by("findings_nobody_read", read())
    urgent = named.life(told, account="leek", author="p-commander")
    urgent.submitted(280)
    urgent.act("post.urgent", 280, actor="p-commander", reason="Now.", rules=[])
    urgent.act("post.superseded", 281, actor="p-commander", replaced_by=2)
    waits = urgent.next()
    waits.submitted(281, findings=[FINDING])
    named.by("findings_nobody_read", waits.cleared(282, rules=["rumour"]))
    read(severity="advise")
    read(rules=["joke"])
    read(kind="checked")
    read(version="2026-10")


def urgent_posts_unreviewed(told, named):
    def did_not_wait(hours):
        life = named.life(told, account="leek", author="p-commander")
        life.submitted(hours)
        said = {"actor": "p-commander", "reason": "Now.", "rules": []}
        return life, life.act("post.urgent", hours, **said)

    found = (did_not_wait(300)[1], by_hand(told, 910, 300, reviewed=None))
    found += (did_not_wait(LAST - 128 - SECOND)[1],)
    did_not_wait(LAST - 128)
    named.by("urgent_posts_unreviewed", *found)
    life, _ = did_not_wait(300)
    seen = {"due": moment(330).isoformat(), "actor": "p-comms", "approver": "p-comms"}
    life.act("post.urgent_reviewed", 310, **seen)
    said = {"actor": "p-commander", "reason": "Now.", "rules": []}
    life.next().submitted(311)
    named.by("urgent_posts_unreviewed", life.next().act("post.urgent", 311, **said))
    for hours, is_late in ((330, False), (330 + SECOND, True)):
        life, index = did_not_wait(300)
        seen = {"due": moment(330).isoformat(), "actor": "p-comms", "approver": "p-comms"}
        life.act("post.urgent_reviewed", hours, **seen)
        named.by("urgent_posts_unreviewed", *([index] if is_late else []))
    for ending in (
        *("post.blocked", "post.expired", "post.refused", "approval.rejected"),
        *("approval.returned", "post.superseded", "post.withdrawn"),
    ):
        did_not_wait(300)[0].act(ending, 301)


def posts_in_incidents(told, named):
    for account, name, was, now in (
        ("moved", "area", "Elsewhere", "riverside"),
        ("lower", "parent", "elsewhere", "leek"),
        ("raised", "level", "neighbourhood", "corporate"),
    ):
        opened(told, account, **{name: was})
        about_account(told, "account.changed", account, changed={name: [was, now]})
    entered(told, "p-web", "corporate")
    opened(told, "island", area="ISLAND")
    _in_an_area(told, named)
    _in_the_force(told, named)
    _under_a_commander(told, named)
    _in_one_moment(told, named)


def _speak(told, named, account, hours, author="p-officer", *, found=True):
    """A post goes out; when it was submitted."""
    life = named.life(told, account=account, author=author)
    index = life.submitted(hours - MINUTE)
    life.cleared(hours - MINUTE)
    leaves = life.released(hours), life.claimed(hours + SECOND)
    life.sent(hours + 2 * SECOND)
    named.by("posts_in_incidents", *(leaves if found else []))
    return index


def _in_an_area(told, named):
    for name, area, hours, reached, spared in (
        ("01V", "Riverside", 500, ("riverside", "moved"), ("hilltop",)),
        ("01U", "East", 530, ("eastside",), ("riverside",)),
    ):
        declared(told, hours, name=name, area=area, lpt=None, account=None)
        for account in reached:
            _speak(told, named, account, hours + 1)
        for account in spared:
            _speak(told, named, account, hours + 1, found=False)
        about_incident(told, "stood_down", hours + 5, name, account=None)
    declared(told, 1900, name="01Z", area="Island", lpt=None, account=None)
    _speak(told, named, "island", 1950)


def _in_the_force(told, named):
    declared(told, 520, name="01W", scope="force", exempt=["southside"])
    for account in ("eastside", "northside"):
        _speak(told, named, account, 521)
    for account in ("southside", "force", "raised"):
        _speak(told, named, account, 521, found=False)
    _speak(told, named, "leek", 521, "p-commander", found=False)
    _speak(told, named, "eastside", 521, "p-web", found=False)
    named.by("untrained_authors", _speak(told, named, "eastside", 521, "p-known-to-nobody"))
    about_incident(told, "stood_down", 525, "01W", account=None)


def _under_a_commander(told, named):
    declared(told, 540, name="01X", exempt=["hilltop"])
    about_incident(told, "told", 540.5, "01X", event="declared")
    for account in ("leek", "riverside", "lower"):
        _speak(told, named, account, 541)
    for account in ("hilltop", "southside"):
        _speak(told, named, account, 541, found=False)
    about_incident(told, "exempted", 542, "01X", exempt=["leek"], before=["hilltop"])
    _speak(told, named, "hilltop", 543)
    _speak(told, named, "leek", 543, found=False)
    about_incident(told, "stood_down", 545, "01X")
    _speak(told, named, "riverside", 545, found=False)


def _in_one_moment(told, named):
    """With the declaration it is too late; by hand the moment counts at which it was posted."""
    declared(told, 580, name="01Y")
    life = named.life(told)
    life.submitted(579)
    life.cleared(579)
    named.by("posts_in_incidents", life.released(580))
    changed = named.life(told, version=2)  # the first lies further back
    changed.submitted(579)
    changed.cleared(579)
    named.by("posts_in_incidents", changed.released(580))
    before = named.life(told)
    before.submitted(579)
    before.cleared(579)
    before.released(580 - SECOND)
    within = {"posted_at": moment(581).isoformat()}
    named.by("posts_in_incidents", by_hand(told, 920, 590, **within))
    by_hand(told, 921, 581, posted_at=moment(579).isoformat())
    about_incident(told, "stood_down", 582, "01Y")


def unreviewed_after_incidents(told, named):
    def held(review=None, at=612, why="incident"):
        life = named.life(told)
        life.submitted(610)
        life.cleared(610)
        if review and at < 611:
            life.act("post.reviewed", at, actor="p-comms", decision=review, held_for=why)
        life.act("post.held", 611, why=why, incident="01I")
        if review and at >= 611:
            life.act("post.reviewed", at, actor="p-comms", decision=review, held_for=why)
        return life.released(613)

    found = held(), held("return"), held("release", at=610.5), held("release", at=614)
    named.by("unreviewed_after_incidents", *found)
    let_go = {"actor": "p-comms", "decision": "release", "held_for": "incident"}
    again = named.life(told)
    again.submitted(610)
    again.cleared(610)
    again.released(610.5)  # before anything kept it
    again.act("post.held", 611, why="incident", incident="01I")
    again.act("post.reviewed", 612, **let_go)
    again.act("post.held", 613, why="incident", incident="01I")
    named.by("unreviewed_after_incidents", again.released(614))
    newer = again.next()
    newer.submitted(615)
    newer.cleared(615)
    newer.act("post.held", 616, why="incident", incident="01I")
    again.act("post.reviewed", 617, **let_go)
    named.by("unreviewed_after_incidents", newer.released(618))
    held("release")
    held("release", at=611)
    held("release", at=613)
    held(why="late")


def closed_accounts_speaking(told, named):
    def speak(account, hours=621.0, *, found=True):
        life = named.life(told, account=account)
        life.submitted(hours - 1)
        life.cleared(hours - 1)
        leaves = life.released(hours), life.claimed(hours)
        life.sent(hours)
        named.by("closed_accounts_speaking", *(leaves if found else []))

    for kind in ("requested", "approved", "suspended", "closed"):
        about_account(told, f"account.{kind}", f"was-{kind}", 620)
        speak(f"was-{kind}", 620, found=False)
        speak(f"was-{kind}")
    about_account(told, "account.suspended", "for-a-while", 620)
    changed = {"title": ["For a while", "A while"]}
    about_account(told, "account.changed", "for-a-while", 620.5, changed=changed)
    about_account(told, "account.activated", "for-a-while", 622)
    speak("for-a-while")
    speak("for-a-while", 622, found=False)
    for status, found in (("suspended", True), ("active", False)):
        about_account(told, "account.imported", f"all-{status}", 620, entry={"status": status})
        speak(f"all-{status}", found=found)


def acts_without_access(told, named):
    entered(told, "p-gone")
    about_person(told, "person.left", "p-gone", 630)
    about_person(told, "person.changed", "p-gone", 630.5, changed=["rank"], role="officer")
    entered(told, "p-shut")
    about_person(told, "person.suspended", "p-shut", 630)
    entered(told, "p-away")
    about_person(told, "person.away", "p-away", 630)
    entered(told, "p-back")
    about_person(told, "person.suspended", "p-back", 630)
    about_person(told, "person.back", "p-back", 632)
    for person, hours, found in (
        ("p-gone", 631, True),
        ("p-shut", 631, True),
        ("p-gone", 630, False),
        ("p-back", 631, True),
        ("p-back", 632, False),
        ("p-away", 631, False),
    ):
        index = named.life(told, author=person).submitted(hours)
        named.by("acts_without_access", *([index] if found else []))
    asked = asked_down(told, 632, "01Q", actor="p-gone", asked_by="p-gone")
    named.by("acts_without_access", asked)
    for kind, approver in (
        *(("block.asked", None), ("erasure.approved", "p-duty"), ("erasure.done", "p-duty")),
        *(("erasure.refused", "p-duty"), ("person.reverified", None), ("person.signed_out", None)),
        *(("hold.approved", "p-duty"), ("hold.placed", "p-duty"), ("hold.refused", "p-duty")),
        *(("hold.release_approved", "p-duty"), ("hold.release_refused", "p-duty")),
        *(("hold.released", "p-duty"), ("policy.approved", "p-duty")),
    ):
        by_two(told, kind, 632, "thing:1", "p-gone", approver)


def untrained_authors(told, named):
    def write(person, *, found=True):
        index = named.life(told, author=person).submitted(640)
        named.by("untrained_authors", *([index] if found else []))

    day = (MORNING + timedelta(hours=640)).date()
    write("p-nobody-knows")
    taught(told, "p-seven", topics=tuple(Topic)[1:])
    taught(told, "p-seven", topics=tuple(Topic)[1:])
    write("p-seven")
    taught(told, "p-stale", on=(day - timedelta(days=731)).isoformat())
    write("p-stale")
    taught(told, "p-fresh", on=(day - timedelta(days=730)).isoformat())
    write("p-fresh", found=False)
    taught(told, "p-early", 640 + SECOND)
    write("p-early")
    taught(told, "p-today", 640)
    write("p-today", found=False)


def accounts_without_cover(told, named):
    for account in ("riverside", "entered-further-back"):
        index = about_account(told, "account.without_cover", account, 650)
        named.by("accounts_without_cover", index)


def accounts_without_owner(told, named):
    def leave(person, hours=660.0, kind="person.left"):
        return about_person(told, kind, person, hours)

    def hand_over(account, person, hours, to="p-officer"):
        said = {"of": person, "to": to}
        about_account(told, "account.handed_over", account, hours, **said)

    opened(told, "lonely", owner="p-lost")
    opened(told, "lonely-too", owner="p-lost")
    named.by("accounts_without_owner", leave("p-lost"))
    about_person(told, "person.changed", "p-lost", 661, changed=["rank"], role="officer")
    about_account(told, "account.reviewed", "lonely", 661, again="2027-01-01")
    leave("p-once-away")
    leave("p-once-away", 760, "person.back")
    opened(told, "given", owner="p-officer")
    hand_over("given", "p-officer", 800, to="p-once-away")
    opened(told, "late", owner="p-late")
    named.by("accounts_without_owner", leave("p-late"))
    hand_over("late", "p-late", 684 + SECOND)
    opened(told, "shut", owner="p-locked")
    named.by("accounts_without_owner", leave("p-locked", kind="person.suspended"))
    leave("p-locked", 684 + SECOND, "person.back")
    opened(told, "in-time-again", owner="p-soon-back")
    leave("p-soon-back", kind="person.suspended")
    leave("p-soon-back", 684, "person.back")
    active = {"owner": "p-imported", "status": "active"}
    about_account(told, "account.imported", "brought", entry=active)
    named.by("accounts_without_owner", leave("p-imported"))
    for account, hours in (("first", 660), ("in-time", 684), ("before", 659)):
        opened(told, account, owner=f"p-{account}")
        hand_over(account, f"p-{account}", hours)
        leave(f"p-{account}")
    opened(told, "changed", owner="p-changed")
    changed = {"owner": ["p-changed", "p-officer"]}
    about_account(told, "account.changed", "changed", 661, changed=changed)
    leave("p-changed")
    opened(told, "shut-down", owner="p-closed")
    about_account(told, "account.closed", "shut-down", 661)
    leave("p-closed")
    opened(told, "recent", owner="p-recent")
    leave("p-recent", LAST - DAY)


def keys_not_changed(told, named):
    def forced(account, changed=None, target="x", hours=700.0):
        keys = {"account": account, "actor": "p-registrar"}
        if changed is not None and changed < hours:
            told.act("credential.set", f"account:{account}/{target}", changed * 3600, **keys)
        index = told.act("credential.rotation_forced", f"account:{account}/x", hours * 3600, **keys)
        if changed is not None and changed >= hours:
            told.act("credential.set", f"account:{account}/{target}", changed * 3600, **keys)
        return index

    named.by(
        "keys_not_changed",
        forced("keys-1"),
        forced("keys-2", 700 + 7 * DAY + SECOND),
        forced("keys-3", 699),
        forced("keys-4", 701, target="bluesky"),
    )
    forced("keys-5", 700 + 7 * DAY)
    again = {"account": "keys-5", "actor": "p-registrar"}
    told.act("credential.set", "account:keys-5/x", (700 + 9 * DAY) * 3600, **again)
    forced("keys-6", hours=LAST - 7 * DAY)


def unsettled_publications(told, named):
    def claimed(hours=710.0):
        life = named.life(told)
        life.submitted(hours - 1)
        life.cleared(hours - 1)
        life.released(hours - 0.5)
        return life, life.claimed(hours)

    named.by("unsettled_publications", claimed()[1], claimed(LAST - DAY - SECOND)[1])
    claimed(LAST - DAY)
    unknown, index = claimed()
    unknown.act("publication.uncertain", 711, "x")
    named.by("unsettled_publications", index)
    for ending in ("failed", "held", "sent"):
        claimed()[0].act(f"publication.{ending}", 711, "x")


def sent_twice(told, named):
    def out():
        life = named.life(told)
        life.published(720)
        return life

    named.by("sent_twice", out().sent(721))
    said = {"actor": "p-comms", "decision": "sent"}
    named.by("sent_twice", out().act("publication.settled_by_person", 721, "x", **said))
    out().act("publication.settled_by_person", 721, "x", actor="p-comms", decision="not_sent")
    out().sent(721, "bluesky")


def posted_by_hand_alone(told, named):
    alone = by_hand(told, 930, 730, authorised_by=None, approver=None)
    themselves = by_hand(told, 931, 730, authorised_by="p-duty", approver="p-duty")
    named.by("posted_by_hand_alone", alone, themselves)


def posted_by_hand_late(told, named):
    late = by_hand(told, 932, 740, posted_at=moment(740 - DAY - SECOND).isoformat())
    named.by("posted_by_hand_late", late)


def posted_by_hand_against_policy(told, named):
    index = by_hand(told, 933, 750, findings=[FINDING, BLOCKING, BLOCKING])
    named.by("posted_by_hand_against_policy", index)


def late_corrections(told, named):
    wrong = named.life(told)
    wrong.submitted(760)
    wrong.cleared(760)
    wrong.released(761)
    wrong.claimed(761)
    wrong.sent(762)
    wrong.claimed(763, "bluesky")
    wrong.sent(764, "bluesky")
    for hours, version, found in (
        (762 + DAY, 1, False),
        (762 + DAY + SECOND, 1, True),
        (762 + DAY + SECOND, 2, False),  # of a version that never went out
    ):
        right = {"post_id": wrong.post_id, "version": version, "wrong": "", "complaint": ""}
        index = named.life(told).submitted(hours, corrects=right)
        named.by("late_corrections", *([index] if found else []))


def deletions_without_reason(told, named):
    for number, said in enumerate(
        ({"reason": None}, {"reason": "embarrassing"}, {"why": " "}, {"note": ""}, {"why": None})
    ):
        life = named.life(told)
        named.by("deletions_without_reason", asked_away(told, 770, life, f"02A{number}", **said))
    for number, ground in enumerate(("factual-danger", "offensive", "prejudicial")):
        asked_away(told, 770, named.life(told), f"02B{number}", reason=ground)


def own_deletions(told, named):
    def decide(name, by, kind="approved", *, asker="p-pcso", author="p-officer", **said):
        life = named.life(told, author=author)
        life.published(780)
        asked_away(told, 781, life, name, actor=asker)
        return about_deletion(told, kind, 782, life, name, actor=by, **said)

    named.by(
        "own_deletions",
        decide("02C1", "p-comms", asker="p-comms"),
        decide("02C2", "p-comms", "reviewed", asker="p-comms"),
        decide("02C3", "p-comms", "refused", author="p-comms"),
    )
    # The first version was theirs; the second of two posts is; another version is not asked about.
    first = named.life(told, author="p-comms")
    first.submitted(780)
    second = first.next()
    second.submitted(781, actor="p-duty")
    third = second.next()
    third.submitted(782, actor="p-senior")
    for name, life, by, found in (
        ("02C4", third, "p-comms", True),
        ("02C5", third, "p-senior", True),
        ("02C6", third, "p-duty", False),
    ):
        asked_away(told, 783, life, name, actor="p-pcso")
        index = about_deletion(told, "approved", 784, life, name, actor=by)
        named.by("own_deletions", *([index] if found else []))
    other = named.life(told)
    other.submitted(780)
    posts = {"posts": [other.name, first.name]}
    named.by("own_deletions", decide("02C7", "p-comms", **posts))
    decide("02C8", "p-comms")


def removals_without_evidence(told, named):
    def removed(name, kept_hours=None, place="x", of=None, kind="publication.withdrawn"):
        life = named.life(told)
        asked_away(told, 790, life, name)
        about_deletion(told, "approved", 791, life, name, actor="p-comms")
        if kept_hours:
            kept = {"deletion": of or name, "asked_by": life.author}
            life.act("deletion.evidence_kept", kept_hours, place, **kept)
        said = {"deletion": name, "asked_by": life.author, "reason": "illegal"}
        return life.act(kind, 792, "x", **said)

    named.by(
        "removals_without_evidence",
        removed("02D1"),
        removed("02D2", 793),
        removed("02D3", 791.5, place="bluesky"),
        removed("02D4", 791.5, of="02D1"),
        removed("02D5", kind="deletion.done_by_hand"),
    )
    removed("02D6", 792)
    twice = named.life(told)
    asked_away(told, 790, twice, "02D7")
    about_deletion(told, "approved", 791, twice, "02D7", actor="p-comms")
    taken_away(792, twice, "02D7")
    twice.act("deletion.evidence_kept", 793, "x", deletion="02D7", asked_by="p-officer")


def removals_without_leave(told, named):
    def removed(name, decision=None, at=801.0, *, asked=True):
        life = named.life(told)
        if asked:
            asked_away(told, 800, life, name)
        if decision:
            about_deletion(told, decision, at, life, name, actor="p-comms")
        return taken_away(802, life, name)

    named.by(
        "removals_without_leave",
        removed("02E1"),
        removed("02E2", "refused"),
        removed("02E3", "approved", at=803),
        removed("02E4", asked=False),
    )
    removed("02E5", "approved", at=802 + SECOND)
    by_themselves = named.life(told)
    said = {"deletion": "02E6", "asked_by": by_themselves.author, "reason": "illegal"}
    by_themselves.act("deletion.evidence_kept", 802, "x", **said)
    index = by_themselves.act("deletion.done_by_hand", 803, "x", **said)
    named.by("removals_without_leave", index)
    at_once = named.life(told)
    asked_away(told, 800, at_once, "02E7", at_once=True)
    taken_away(801, at_once, "02E7")
    about_deletion(told, "reviewed", 802, at_once, "02E7", actor="p-comms", agrees=True)
    about_deletion(told, "approved", 803, at_once, "02E7", actor="p-comms")


def deletions_unreviewed(told, named):
    def at_once(name, reviewed=None, hours=810.0):
        life = named.life(told)
        index = asked_away(told, hours, life, name, at_once=True)
        if reviewed:
            said = {"actor": "p-comms", "agrees": True}
            about_deletion(told, "reviewed", reviewed, life, name, **said)
        return index

    found = at_once("02F1"), at_once("02F2", 882 + SECOND)
    named.by("deletions_unreviewed", *found)
    at_once("02F3", 882)
    again = {"actor": "p-duty", "agrees": True}
    about_deletion(told, "reviewed", 900, named.life(told), "02F3", **again)
    at_once("02F4", hours=LAST - 72)


def deleted_in_the_app(told, named):
    for number, cause in enumerate(("ours", "platform", "mistaken")):
        life, name = named.life(told), f"exception:2{number}"
        said = {"change": "gone", "post": f"{life.post_id}-1", "place": "x"}
        told.act("exception.found", name, 820 * 3600, actor="bluelamp", **said)
        closed = {"cause": cause, "why": "", "who": "", "ground": None, "actor": "p-comms"}
        index = told.act("exception.closed", name, 821 * 3600, **said, **closed)
        named.by("deleted_in_the_app", *([index] if cause == "ours" else []))


def open_exceptions(told, named):
    def noticed(number, closed=None, hours=830.0):
        name, said = f"exception:3{number}", {"change": "altered"}
        index = told.act("exception.found", name, hours * 3600, actor="bluelamp", **said)
        if closed:
            ended = {"cause": "platform", "actor": "p-comms"}
            told.act("exception.closed", name, closed * 3600, **said, **ended)
        return index

    named.by("open_exceptions", noticed(1), noticed(2, 830 + 7 * DAY + SECOND))
    noticed(3, 830 + 7 * DAY)
    noticed(4, hours=LAST - 7 * DAY)


def open_drifts(told, named):
    def seen(number, closed=None, hours=835.0, what="post"):
        name = f"{what}-{number}"
        index = about_drift(told, "found", hours, name, reason=what)
        about_drift(told, "acknowledged", hours, name, actor="p-comms")
        if closed:
            about_drift(told, "closed", closed, name, actor="p-comms", cause="platform")
        else:
            about_drift(told, "ended", hours, name)
        return index

    soon = 835 + 7 * DAY
    named.by("open_drifts", seen(1), seen(2, soon + SECOND), seen(3, what="first"))
    seen(4, soon)
    seen(5, soon, what="first")
    seen(6, hours=LAST - 7 * DAY)


def takedowns_without_rule(told, named):
    for number, said in enumerate(
        (
            *({"reason": "disagrees"}, {"reason": "pointless"}, {"reason": None}),
            *({"why": " "}, {"why": None}, {"house_rules": ""}, {"house_rules": None}),
        )
    ):
        named.by("takedowns_without_rule", asked_down(told, 840, f"02G{number}", **said))
    for number, rule in enumerate(("illegal", "personal-data", "prejudicial", "spam")):
        asked_down(told, 840, f"02H{number}", reason=rule)


def takedowns_without_evidence(told, named):
    named.by("takedowns_without_evidence", about_takedown(told, "done", 851, "02I1"))
    named.by("takedowns_without_evidence", about_takedown(told, "done", 851, "02I2", by_hand="A."))
    about_takedown(told, "evidence_kept", 852, "02I1")
    about_takedown(told, "evidence_kept", 851, "02I3")
    about_takedown(told, "done", 851, "02I3")
    about_takedown(told, "evidence_kept", 852, "02I3")
    about_takedown(told, "absent", 851, "02I4")


def own_appeal_decisions(told, named):
    said = {"actor": "p-officer", "upheld": False}
    named.by("own_appeal_decisions", about_takedown(told, "appeal_decided", 860, "02J1", **said))


def overdue_appeals(told, named):
    def looks_for(ends_on, *, over=None, until=None, kind="found"):
        life = named.life(told)
        index = about_appeal(told, "opened", 870, life, ends_on=ends_on, owner="p-officer")
        if until:
            index = about_appeal(told, "extended", 871, life, until=until, **{"from": ends_on})
        about_appeal(told, "copy_kept", 872, life, copies=1)
        if over:
            about_appeal(told, kind, over, life)
            about_appeal(told, "closed", over + 2 * DAY, life)
        return index

    day = 24 * 36 + 872  # 16 December
    named.by(
        "overdue_appeals",
        looks_for("2026-11-15"),
        looks_for("2026-12-08", over=day),
        looks_for("2026-11-15", until="2026-12-08", over=day),
        looks_for("2026-12-19"),
    )
    looks_for("2026-12-09", over=day)
    looks_for("2026-12-09", over=day, kind="closed")
    looks_for("2026-11-15", until="2026-12-09", over=day)
    looks_for("2026-12-20")


def withdrawn_pictures(told, named):
    for name in ("02K", "02L"):
        by_two(told, "picture.taken_in", 880, f"picture:{name}", "p-officer", sha256=name.lower())
    by_two(told, "picture.taken_in", 880, "picture:02M", "p-officer", sha256="02m")
    by_two(told, "consent.withdrawn", 890, "consent:02K", "p-officer", pictures=["02K", "02L"])
    for shown, hours, found in (
        (["02k"], 891, True),
        (["02m", "02l"], 891, True),
        (["02l"], 890, False),
        (["02m"], 891, False),
    ):
        life = named.life(told)
        pictures = [{"alt": "A.", "sha256": each} for each in shown]
        life.submitted(889, pictures=pictures)
        life.cleared(889)
        leaves = life.released(hours), life.claimed(hours)
        life.sent(hours)
        named.by("withdrawn_pictures", *(leaves if found else []))


def own_consents(told, named):
    by_two(told, "consent.recorded", 900, "consent:02N", "p-commander")
    signed = {"approver": "p-commander", "rank": "inspector"}
    index = by_two(told, "consent.countersigned", 901, "consent:02N", "p-commander", **signed)
    named.by("own_consents", index)


def own_erasures(told, named):
    for kind, approver in (
        *(("approved", "p-comms"), ("done", "p-comms")),
        *(("approved", None), ("done", None)),
    ):
        index = by_two(told, f"erasure.{kind}", 910, "leaf:02O", approver=approver)
        named.by("own_erasures", index)
    by_two(told, "erasure.refused", 910, "leaf:02P", approver="p-comms")


def own_holds(told, named):
    for kind in ("approved", "placed", "release_approved", "released"):
        for approver in ("p-comms", None):
            index = by_two(told, f"hold.{kind}", 915, "hold:02R", approver=approver)
            named.by("own_holds", index)
    by_two(told, "hold.refused", 915, "hold:02S", approver="p-comms")
    by_two(told, "hold.release_asked", 915, "hold:02S")


def own_policies(told, named):
    for approver in ("p-comms", None):
        index = by_two(told, "policy.approved", 920, "policy:02Q", approver=approver)
        named.by("own_policies", index)


def late_seals(told, named):
    third_day = 639 + 3 * DAY  # of November
    for hours, found in ((third_day, False), (third_day + SECOND, True)):
        index = by_two(told, "month.sealed", hours, "month:2026-10", "bluelamp", bag="d" * 64)
        named.by("late_seals", *([index] if found else []))


EVERY = (
    *(own_approvals, own_reviews, quick_approvals, unseen_approvals, other_words_approved),
    *(uncleared_words, unreleased_words, ended_versions_sent, findings_nobody_read),
    *(urgent_posts_unreviewed, posts_in_incidents, unreviewed_after_incidents),
    *(closed_accounts_speaking, acts_without_access, untrained_authors, accounts_without_cover),
    *(accounts_without_owner, keys_not_changed, unsettled_publications, sent_twice),
    *(posted_by_hand_alone, posted_by_hand_late, posted_by_hand_against_policy, late_corrections),
    *(deletions_without_reason, own_deletions, removals_without_evidence, removals_without_leave),
    *(deletions_unreviewed, deleted_in_the_app, open_exceptions, open_drifts),
    *(takedowns_without_rule, takedowns_without_evidence, own_appeal_decisions, overdue_appeals),
    *(withdrawn_pictures, own_consents, own_erasures, own_holds, own_policies, late_seals),
)


def plant(told):
    """All of it; which leaves each question has to find."""
    named = Named()
    for each in EVERY:
        each(told, named)
    later(told, LAST)
    return named.leaves
