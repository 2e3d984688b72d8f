"""A force that has lived through everything lawfully: what no fixed question may find fault with.

Times are hours after nine o'clock on Monday 5 October 2026 (`copying.MORNING`).
"""

from datetime import timedelta

from shared.accounts.training import Topic
from shared.records.pen import ulid
from tests.unit.archive.copying import MORNING, Told

SECOND, MINUTE, DAY = 1 / 3600, 1 / 60, 24
PEOPLE = {
    "p-officer": "officer",
    "p-pcso": "pcso",
    "p-comms": "comms",
    "p-duty": "comms",
    "p-senior": "comms",
    "p-commander": "lpt_commander",
    "p-registrar": "registrar",
    "p-leaver": "officer",
    "p-returner": "officer",
}
ACCOUNTS = {
    "force": {"level": "corporate", "area": "Staffordshire", "owner": "p-comms"},
    "leek": {"level": "lpt", "area": "Leek", "owner": "p-commander", "parent": "force"},
    "riverside": {"level": "neighbourhood", "area": "Riverside", "owner": "p-1", "parent": "leek"},
    "hilltop": {"level": "neighbourhood", "area": "Leek", "owner": "p-pcso", "parent": ""},
    "southside": {"level": "neighbourhood", "area": "South", "owner": "p-pcso", "parent": ""},
}
FINDING = {"rule": "rumour", "severity": "review", "message": "Says who?", "source": "N05"}


def moment(hours):
    return MORNING + timedelta(hours=hours)


class Life:
    """A post, and what becomes of it, told act by act; each gives the index of its leaf."""

    def __init__(self, told, number, *, account="riverside", author="p-officer", version=1):
        self.told, self.account, self.author, self.version = told, account, author, version
        self.post_id = ulid(MORNING, number.to_bytes(10, "big"))
        self.words = f"{number:060}{version:04}"

    @property
    def name(self):
        return f"post:{self.post_id}@v{self.version}"

    def act(self, kind, hours, place="", **said):
        subject = f"{self.name}/{place}" if place else self.name
        given = {"account": self.account, "actor": "bluelamp", "content_hash": self.words}
        return self.told.act(kind, subject, hours * 3600, **{**given, **said})

    def submitted(self, hours, **said):
        usual = {"platforms": ["x"], "policy_version": "2026-09", "findings": []}
        words = {"actor": self.author, "text": f"Words of {self.words}."}
        kind = said.pop("kind", "post.submitted")
        return self.act(kind, hours, **{**usual, **words, **said})

    def cleared(self, hours, *, rules=(), **said):
        usual = {"rules": list(rules), "policy_version": "2026-09"}
        return self.act("post.cleared", hours, **{**usual, **said})

    def approved(self, hours, by="p-comms", *, shown=30.0, kind="approval.approved", **said):
        at = (moment(hours) - timedelta(seconds=shown)).isoformat() if shown is not None else None
        usual = {"way": "link", "shown_at": at, "approver": by, "actor": by, "reason": None}
        return self.act(kind, hours, **{**usual, **said})

    def released(self, hours, **said):
        return self.act("post.released", hours, state="released", platforms=["x"], **said)

    def claimed(self, hours, place="x", **said):
        return self.act("publication.claimed", hours, place, **{"url": None, **said})

    def sent(self, hours, place="x", **said):
        usual = {"url": f"https://x.example/{self.post_id}", "platform_id": self.post_id}
        return self.act("publication.sent", hours, place, **{**usual, **said})

    def out(self, hours):
        """Released, claimed, sent and counted."""
        self.released(hours)
        self.claimed(hours + SECOND)
        self.sent(hours + 2 * SECOND)
        return self.act("post.concluded", hours + 3 * SECOND, outcomes={"x": "sent"})

    def published(self, hours, **said):
        """Sent in, cleared and out, within three minutes; when it was submitted."""
        index = self.submitted(hours, **said)
        self.cleared(hours + MINUTE)
        self.out(hours + 2 * MINUTE)
        return index

    def next(self):
        """Its next version."""
        after = Life(self.told, 0, account=self.account, author=self.author)
        after.post_id, after.version = self.post_id, self.version + 1
        after.words = f"{self.words[:60]}{after.version:04}"
        return after


def about_person(told, kind, person, hours=-100.0, **said):
    usual = {"account": None, "actor": "p-registrar"}
    return told.act(kind, f"person:{person}", hours * 3600, **{**usual, **said})


def about_account(told, kind, account, hours=-100.0, **said):
    usual = {"account": account, "actor": "p-registrar"}
    return told.act(kind, f"account:{account}", hours * 3600, **{**usual, **said})


def taught(told, person, hours=-100.0, on="2026-09-01", topics=tuple(Topic)):
    for topic in topics:
        about_person(told, "person.trained", person, hours, topic=topic.value, on=on)


def entered(told, person, role="officer", hours=-100.0):
    about_person(told, "person.entered", person, hours, role=role)
    taught(told, person, hours)


def opened(told, account, hours=-100.0, **cells):
    usual = {"title": account.title(), "status": "requested", "level": "neighbourhood",
             "area": "", "parent": "", "owner": "p-officer"}  # fmt: skip
    about_account(told, "account.requested", account, hours, entry={**usual, **cells})
    about_account(told, "account.approved", account, hours + MINUTE, was="requested")
    about_account(told, "account.activated", account, hours + 2 * MINUTE, was="approved")


def about_incident(told, kind, hours, name="01I", **said):
    usual = {"account": "leek", "actor": "p-comms", "drill": False, "why": "A fire."}
    return told.act(f"incident.{kind}", f"incident:{name}", hours * 3600, **{**usual, **said})


def declared(told, hours, *, name="01I", scope="area", exempt=(), **said):
    usual = {"area": "Leek", "lpt": "leek"} if scope == "area" else {"area": "", "lpt": None}
    given = {"scope": scope, "exempt": sorted(exempt), **usual, **said}
    if scope == "force":
        given.setdefault("account", None)
    return about_incident(told, "declared", hours, name, **given)


def about_deletion(told, kind, hours, life, name="01D", **said):
    usual = {"account": life.account, "reason": "illegal", "posts": [life.name]}
    subject = f"deletion:{name}"
    return told.act(f"deletion.{kind}", subject, hours * 3600, **{**usual, **said})


def asked_away(told, hours, life, name="01D", **said):
    usual = {"why": "It names a victim.", "note": "We took it away.", "at_once": False}
    usual |= {"copies": "", "actor": life.author}
    return about_deletion(told, "asked", hours, life, name, **{**usual, **said})


def taken_away(hours, life, name="01D", *, kept=True):
    """Evidence, then removal; the index of the removal."""
    said = {"deletion": name, "reason": "illegal", "asked_by": life.author}
    if kept:
        life.act("deletion.evidence_kept", hours, "x", shown="Words.", **said)
    index = life.act("publication.withdrawn", hours + SECOND, "x", **said)
    life.act("deletion.proved", hours + 5 * MINUTE, "x", **said)
    return index


def about_takedown(told, kind, hours, name="01T", **said):
    usual = {"account": "riverside", "actor": "bluelamp", "reason": "offensive", "deed": "hide",
             "asked_by": "p-officer", "comment": "77", "platform": "facebook"}  # fmt: skip
    return told.act(f"takedown.{kind}", f"takedown:{name}", hours * 3600, **{**usual, **said})


def asked_down(told, hours, name="01T", **said):
    usual = {"actor": "p-officer", "why": "It insults her.", "block": False,
             "house_rules": "https://force.example/rules"}  # fmt: skip
    return about_takedown(told, "asked", hours, name, **{**usual, **said})


def about_drift(told, kind, hours, name, **said):
    usual = {"account": "riverside", "actor": "bluelamp", "platform": "x"}
    return told.act(f"drift.{kind}", f"drift:{name}", hours * 3600, **{**usual, **said})


def about_appeal(told, kind, hours, life, **said):
    usual = {"account": life.account, "actor": life.author}
    return told.act(f"appeal.{kind}", f"appeal:{life.post_id}", hours * 3600, **{**usual, **said})


def by_two(told, kind, hours, subject, actor="p-comms", approver=None, **said):
    given = {"account": None, "actor": actor, "approver": approver, **said}
    return told.act(kind, subject, hours * 3600, **given)


def later(told, hours):
    """Something that has nothing to do with it is known of this hour."""
    subject = "log:force"
    return told.act("log.cosigned", subject, hours * 3600, account=None, actor="bluelamp", size=9)


def lived_through():
    """All of it, told once."""
    told = Told()
    _registry(told)
    _posts(told)
    _refused(told)
    _not_waiting(told)
    _incident(told)
    _mistakes(told)
    _strange(told)
    _comments(told)
    _appeal(told)
    _pictures(told)
    _two_people(told)
    _leaving(told)
    later(told, 400)
    return told


def _registry(told):
    for person, role in PEOPLE.items():
        entered(told, person, role)
    for account, cells in ACCOUNTS.items():
        opened(told, account, **cells)
    imported = {"level": "neighbourhood", "area": "East", "owner": "p-officer", "status": "active"}
    about_account(told, "account.imported", "eastside", entry=imported)
    about_account(told, "account.entered", "northside")
    about_account(told, "account.changed", "eastside", -90, changed={"title": ["East", "E"]})
    Life(told, 1, account="eastside").published(1)
    Life(told, 2, account="northside").published(1)
    # Suspended and opened again; closed once nothing more was said.
    about_account(told, "account.suspended", "southside", 2, was="active")
    about_account(told, "account.activated", "southside", 3, was="suspended")
    Life(told, 3, account="southside", author="p-pcso").published(4)
    opened(told, "weststreet")
    Life(told, 4, account="weststreet").published(5)
    about_account(told, "account.closed", "weststreet", 6, was="active")


def _posts(told):
    asked = Life(told, 10)
    asked.submitted(1, findings=[FINDING])
    asked.act("post.checked", 1 + MINUTE, policy_version="2026-09", rules=["rumour"])
    asked.act("approval.asked", 1 + 2 * MINUTE, round=0)
    asked.approved(2, shown=5)
    asked.released(2 + MINUTE)
    asked.claimed(2 + 2 * MINUTE)
    asked.act("publication.uncertain", 2 + 3 * MINUTE, "x", reason="No answer.")
    asked.act("publication.looked", 2 + 4 * MINUTE, "x", reason="No answer.")
    asked.act("publication.settled_by_person", 3, "x", decision="sent", actor="p-comms")
    edited = Life(told, 11)
    edited.submitted(1)
    edited.approved(2, kind="approval.edited", replaced_by=2)
    newer = edited.next()
    newer.author = "p-comms"
    newer.submitted(2, replaces=1, editor="p-comms")
    newer.approved(3, "p-duty", way="queue", shown=None)
    newer.out(3.1)
    returned = Life(told, 12)
    returned.submitted(1)
    returned.approved(1.1, kind="approval.returned", shown=3, reason="Say where.")
    again = returned.next()
    again.submitted(2)
    again.approved(2.1)
    again.out(2.2)
    # Read under one policy, cleared by the next, which has no such rule.
    changed = Life(told, 13)
    changed.submitted(1, findings=[FINDING])
    changed.cleared(2, policy_version="2026-10", rules=["joke"])
    changed.out(2.1)


def _refused(told):
    for number, kind in enumerate(("approval.rejected", "post.expired", "post.withdrawn")):
        life = Life(told, 20 + number)
        life.submitted(1)
        life.act(kind, 2, actor="p-comms", shown_at=None, way="queue")
    Life(told, 23).submitted(1, kind="post.blocked", findings=[{**FINDING, "severity": "block"}])
    replaced = Life(told, 24)
    replaced.submitted(1)
    replaced.cleared(1.1)
    replaced.act("post.superseded", 2, actor="p-officer", replaced_by=2)
    replaced.next().published(2)
    # It would not have waited, and its author thought again.
    urgent = Life(told, 25, account="leek", author="p-commander")
    urgent.submitted(1)
    urgent.act("post.urgent", 1, actor="p-commander", reason="Now.", rules=[])
    urgent.act("post.withdrawn", 1.1, actor="p-commander", reason="Not now.")


def _not_waiting(told):
    due = {"due": "2026-10-06T16:00:00+00:00", "remark": "Rightly so.", "state": "published"}
    urgent = Life(told, 30, account="leek", author="p-commander")
    urgent.submitted(1, findings=[FINDING])
    urgent.act("post.urgent", 1, actor="p-commander", reason="A flood.", rules=["rumour"])
    urgent.cleared(1.1, rules=["rumour"])
    urgent.out(1.2)
    urgent.act("post.urgent_reviewed", 31, actor="p-comms", approver="p-comms", **due)
    by_hand(told, 31, 40)


def by_hand(told, number, hours, *, reviewed="p-senior", **said):
    """Posted by hand, entered afterwards and looked at; the index of the entry."""
    life = Life(told, number)
    posted = {"by": "p-duty", "authorised_by": "p-comms", "why": "No network.", "text": "Out.",
              "findings": [FINDING], "posted_at": moment(hours - 24).isoformat(),
              "policy_version": "2026-09", "url": f"https://x.example/{number}"}  # fmt: skip
    given = {"actor": "p-officer", "approver": "p-comms", **posted, **said}
    index = life.act("post.entered_afterwards", hours, **given)
    life.act("publication.settled_by_person", hours, "x", decision="sent", actor="p-officer")
    if reviewed:
        due = {"due": moment(hours + 30).isoformat(), "remark": "Yes.", "state": "published"}
        life.act("post.urgent_reviewed", hours + 30, actor=reviewed, approver=reviewed, **due)
    return index


def _incident(told):
    waits = Life(told, 40)
    waits.submitted(49)
    waits.cleared(49.1)
    Life(told, 41).published(49)
    declared(told, 50)
    waits.act("post.held", 50.1, why="incident", incident="01I", reason="An incident.")
    Life(told, 42, account="force", author="p-pcso").published(51)
    Life(told, 43, account="leek", author="p-commander").published(51)
    Life(told, 44, account="southside", author="p-pcso").published(51)
    about_incident(told, "exempted", 52, exempt=["hilltop"], before=[])
    Life(told, 45, account="hilltop", author="p-pcso").published(53)
    about_incident(told, "stood_down", 54, why="Out.")
    Life(told, 46).published(54)
    reviewed = {"decision": "release", "held_for": "incident", "incident": "01I"}
    waits.act("post.reviewed", 55, actor="p-comms", approver="p-comms", **reviewed)
    waits.out(55.1)
    declared(told, 60, name="01J", scope="force", drill=True)
    Life(told, 47).published(61)
    about_incident(told, "stood_down", 62, "01J", drill=True)
    # What merely came late its author may confirm.
    late = Life(told, 48)
    late.submitted(63)
    late.cleared(63.1)
    late.act("post.held", 70, why="late", incident=None)
    confirmed = {"decision": "release", "held_for": "late", "incident": None}
    late.act("post.reviewed", 71, actor="p-officer", approver="p-officer", **confirmed)
    late.out(71.1)


def _mistakes(told):
    wrong = Life(told, 50)
    wrong.published(73)
    right = {"post_id": wrong.post_id, "version": 1, "wrong": "The road.", "complaint": ""}
    Life(told, 51).published(97, corrects=right)
    asked_away(told, 98, wrong)
    about_deletion(told, "approved", 99, wrong, actor="p-comms", approver="p-comms")
    taken_away(100, wrong)
    at_once = Life(told, 52)
    at_once.published(101)
    asked_away(told, 102, at_once, "01E", actor="p-comms", at_once=True)
    said = {"deletion": "01E", "asked_by": "p-comms", "reason": "illegal"}
    at_once.act("deletion.evidence_kept", 103, "x", shown="Words.", **said)
    at_once.act("deletion.done_by_hand", 104, "x", actor="p-comms", why="In the app.", **said)
    about_deletion(told, "reviewed", 170, at_once, "01E", actor="p-duty", agrees=True)
    about_deletion(told, "concluded", 171, at_once, "01E", actor="p-comms", standing=[])
    stays = Life(told, 53)
    stays.published(101)
    asked_away(told, 102, stays, "01F", reason="offensive")
    about_deletion(told, "refused", 103, stays, "01F", actor="p-duty", reason="offensive")
    gone = {"change": "gone", "post": f"{stays.post_id}-1", "place": "x"}
    told.act("exception.found", "exception:1", 120 * 3600, actor="bluelamp", **gone)
    told.act("exception.closed", "exception:1", 130 * 3600, actor="p-comms", cause="platform",
             why="They took it down.", ground=None, who="", **gone)  # fmt: skip


def _strange(told):
    words = {"before": None, "after": "Send coins."}
    about_drift(told, "found", 120, "01", reason="post", mark="post-1", personal=words)
    about_drift(told, "told", 120.1, "01")
    about_drift(told, "acknowledged", 121, "01", actor="p-comms")
    about_drift(told, "ended", 122, "01")
    closed = {"cause": "stranger", "who": "", "why": "A thief.", "reason": "stranger"}
    about_drift(told, "closed", 123, "01", actor="p-comms", **closed)


def _comments(told):
    asked_down(told, 1)
    about_takedown(told, "evidence_kept", 1.1, personal={"text": "An insult."})
    about_takedown(told, "done", 1.2)
    about_takedown(told, "proved", 1.3)
    about_takedown(told, "appealed", 20, personal={"who": "A reader", "words": "Why?"})
    about_takedown(told, "appeal_decided", 21, actor="p-comms", upheld=False, why="An insult.")
    asked_down(told, 1, "01U", reason="threat")
    about_takedown(told, "left_to_a_person", 1.2, "01U", reason="threat")
    kept = {"personal": {"text": "A threat.", "author": "A reader"}, "reason": "threat"}
    about_takedown(told, "done", 2, "01U", actor="p-officer", by_hand="In the app.", **kept)


def _appeal(told):
    missing = Life(told, 60)
    missing.published(1)
    about_appeal(told, "opened", 1, missing, ends_on="2026-10-06", owner="p-officer")
    extended = {"from": "2026-10-06", "until": "2026-10-10"}
    about_appeal(told, "extended", 20, missing, **extended)
    about_appeal(told, "found", 290, missing, posts=[], words="Found. Thank you.")
    about_appeal(told, "closed", 300, missing)


def _pictures(told):
    picture, consent = "picture:01P", "consent:01C"
    by_two(told, "picture.taken_in", 1, picture, "p-officer", sha256="ab", shows="public")
    by_two(told, "consent.recorded", 1, consent, "p-officer", reference="C/12")
    signed = {"approver": "p-commander", "rank": "inspector"}
    by_two(told, "consent.countersigned", 2, consent, "p-commander", **signed)
    Life(told, 70).published(3, pictures=[{"alt": "A fête.", "sha256": "ab"}])
    taken_back = {"pictures": ["01P"], "why": "By phone."}
    by_two(told, "consent.withdrawn", 5, consent, "p-officer", **taken_back)
    Life(told, 71).published(6, pictures=[{"alt": "A road.", "sha256": "cd"}])


def _two_people(told):
    for kind, approver in (("asked", None), ("approved", "p-duty"), ("done", "p-duty")):
        by_two(told, f"erasure.{kind}", 10, "leaf:01L", approver=approver, reason="objection")
    for kind, approver in (
        *(("asked", None), ("approved", "p-duty"), ("placed", "p-duty"), ("release_asked", None)),
        *(("release_refused", "p-duty"), ("release_asked", None), ("release_approved", "p-duty")),
        *(("released", "p-duty"), ("refused", "p-comms")),  # the last took their own back
    ):
        by_two(told, f"hold.{kind}", 12, "hold:01H", approver=approver, reason="court")
    by_two(told, "policy.proposed", 10, "policy:9f", policy_version="2026-10")
    by_two(told, "policy.approved", 11, "policy:9f", approver="p-duty", policy_version="2026-10")
    by_two(told, "month.sealed", -57, "month:2026-09", "bluelamp", bag="c" * 64)


def _leaving(told):
    opened(told, "church", owner="p-leaver")
    Life(told, 80, account="church", author="p-leaver").published(90)
    about_person(told, "person.left", "p-leaver", 100)
    for kind in ("person.signed_out", "person.reverified"):
        about_person(told, kind, "p-leaver", 101, actor="p-leaver")
    # What they had asked for is done, or refused, in their name.
    by_two(told, "block.asked", 101, "block:01T", "p-leaver")
    by_two(told, "erasure.refused", 101, "leaf:01M", "p-leaver", "p-duty")
    about_person(told, "person.away", "p-pcso", 100)
    about_person(told, "person.back", "p-pcso", 150)
    about_account(told, "account.handed_over", "church", 124, of="p-leaver", to="p-officer")
    keys = {"account": "church", "actor": "p-registrar"}
    told.act("credential.rotation_forced", "account:church/x", 100 * 3600, **keys)
    told.act("credential.set", "account:church/x", (100 + 7 * DAY) * 3600, **keys)
    opened(told, "market", owner="p-returner")
    about_person(told, "person.suspended", "p-returner", 100)
    about_person(told, "person.back", "p-returner", 110)
    Life(told, 81, account="market", author="p-returner").published(111)
