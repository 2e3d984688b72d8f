"""Acts that become a month's lines, and those lines as a copy that can be asked."""

import zlib
from datetime import UTC, datetime, timedelta
from random import Random

from archive.questions.derive import write_parquet
from archive.questions.engine import start
from archive.questions.index import Index
from shared.months.lines import entity_of, line_of
from shared.recordlog.leaf import Act
from shared.records.pen import Pen, ulid

MORNING = datetime(2026, 10, 5, 9, tzinfo=UTC)
ACCOUNT = "riverside"
POST = ulid(MORNING, bytes(10))
HASH = "a" * 64
SUBJECT = f"post:{POST}@v1"


class Told:
    """A month that is told act by act."""

    def __init__(self):
        self.leaves = []
        self._pen = Pen(Random(8).randbytes)  # noqa: S311 - chance that can be had again

    def act(self, kind, subject=f"post:{POST}@v1", after=0, **said):
        """Something happened, so many seconds after nine; what is not said is usual."""
        given = {"account": ACCOUNT, "actor": "p-officer", "approver": None, "reason": None}
        given |= {name: said.pop(name) for name in tuple(said) if name in given}
        personal = said.pop("personal", {})
        at = MORNING + timedelta(seconds=after)
        act = Act(kind, given["account"], subject, at, given["actor"], given["approver"],
                  given["reason"], said, personal)  # fmt: skip
        self.leaves.append(self._pen.leaf(act))
        return len(self.leaves) - 1

    def lines(self):
        """Its lines, from leaf 0."""
        return [
            line_of(index, leaf.envelope, leaf.payload, leaf.salt)
            for index, leaf in enumerate(self.leaves)
        ]

    def copied(self, folder):
        """The copy of it in a folder, opened."""
        lay_copy(folder, self.lines())
        return Index(folder)


def lay_copy(folder, lines, month="2026-10"):
    """Parquet of these lines, as the bucket of the copy has it."""
    engine = start(folder)
    by_entity = {}
    for line in lines:
        by_entity.setdefault(entity_of(line), []).append(line)
    for entity, some in by_entity.items():
        part, out = folder / "part.gz", folder / entity / f"month={month}" / "part-0.parquet"
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(packed(some))
        write_parquet([(0, part)], entity, out, engine)
        part.unlink()
    engine.close()


def packed(lines):
    packer = zlib.compressobj(2, zlib.DEFLATED, 31)
    return packer.compress(b"".join(lines)) + packer.flush()


def a_post(told, after=0, version=1, text="The road is open.", **said):
    """A version is submitted."""
    usual = {"content_hash": HASH, "platforms": ["x"], "policy_version": "2026-09", "findings": []}
    subject = f"post:{POST}@v{version}"
    return told.act("post.submitted", subject, after, text=text, **{**usual, **said})


def published(told, after=60, *, version=1, platforms=("x",), **outcomes):
    """It is cleared, goes out and is counted."""
    subject = f"post:{POST}@v{version}"
    told.act("post.cleared", subject, after, actor="bluelamp", rules=[])
    told.act("post.released", subject, after, actor="bluelamp", state="released")
    for name in platforms:
        told.act("publication.claimed", f"{subject}/{name}", after + 1, actor="bluelamp", url=None)
        state = outcomes.get(name, "sent")
        url = f"https://{name}.example/1" if state == "sent" else None
        told.act(f"publication.{state}", f"{subject}/{name}", after + 2, url=url,
                 platform_id="1" if url else None,
                 text_read_back="The road is open." if url else None)  # fmt: skip
    found = {name: outcomes.get(name, "sent") for name in platforms}
    return told.act("post.concluded", subject, after + 3, outcomes=found)


def deleted(told, *, proved=True, standing=()):
    """A published post is taken away."""
    name, posts = "deletion:01D", [SUBJECT]
    a_post(told)
    published(told)
    told.act("deletion.asked", name, 100, reason="illegal", posts=posts, why="A name.",
             at_once=False)  # fmt: skip
    told.act("deletion.approved", name, 200, actor="p-comms", reason="illegal", posts=posts)
    target = f"{SUBJECT}/x"
    told.act("deletion.evidence_kept", target, 210, deletion="01D", shown="The road is open.")
    told.act("publication.withdrawn", target, 211, deletion="01D", url="https://x.example/1")
    if proved:
        told.act("deletion.proved", target, 212, deletion="01D")
    told.act("deletion.concluded", name, 220, posts=posts, standing=list(standing),
             targets={"01-1/x": "removed"})  # fmt: skip


def everything(told):
    """Something that every view has a row of."""
    finding = {"severity": "review", "message": "Wörds “x”.", "source": "C12"}
    found = [{"rule": rule, **finding} for rule in ("rumour", "minor")]
    a_post(told, findings=found, pictures=[{"alt": "A"}], urgency="prompt")
    told.act("post.checked", SUBJECT, 3, policy_version="2026-10", rules=["rumour"])
    told.act("approval.approved", SUBJECT, 60, actor="p-comms", approver="p-comms", way="link",
             shown_at="2026-10-05T09:00:56+00:00", content_hash=HASH, reason=None)  # fmt: skip
    published(told, 120, platforms=("x", "bluesky"), bluesky="uncertain")
    told.act("publication.settled_by_person", f"{SUBJECT}/bluesky", 280, decision="sent",
             url="https://bluesky.example/1")  # fmt: skip
    told.act("post.reviewed", SUBJECT, 300, decision="release")
    right = {"post_id": POST, "version": 1, "wrong": "It was.", "complaint": "C/1"}
    a_post(told, 400, version=2, text="Two\nlines", corrects=right)
    deleted(told)
    told.act("incident.declared", "incident:01I", account="north", scope="lpt", area="North",
             why="A fire.", drill=False, exempt=["force"])  # fmt: skip
    told.act("incident.stood_down", "incident:01I", 900, drill=False, why="Out.")
    same = {"asked_by": "p-officer", "comment": "77", "deed": "hide", "platform": "facebook"}
    for after, step in enumerate(("asked", "evidence_kept", "done", "proved", "told")):
        told.act(f"takedown.{step}", "takedown:01T", after, reason="offensive", **same)
    name = "account:riverside"
    told.act("account.requested", name, entry={"owner": "p-1", "title": "Riverside"})
    told.act("account.handed_over", name, 50, of="p-1", to="p-2")
    told.act("account.changed", name, 70, changed={"title": ["Riverside", "Riverside NPT"]})
    told.act("person.entered", "person:p-1", role="officer", account=None)
    told.act("person.trained", "person:p-1", topic="law", on="2026-10-01", account=None)
    told.act("person.suspended", "person:p-1", 9, why="asked", account=None)
