"""Takedowns and blocks in memory, as `shared.records.takedowns` and `.blocks` keep them."""

from dataclasses import dataclass, field, replace

from shared.posts.block import step_block
from shared.posts.errors import NoEvidenceError
from shared.posts.names import LeafId
from shared.posts.takedown import TakedownState, step
from shared.recordlog.leaf import leaf
from shared.recordlog.sealed import Lock
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError


@dataclass
class Diary:
    """Every act, in the order in which they happened, and what each sealed."""

    acts: list = field(default_factory=list)

    def record(self, act):
        """Write an act down; like the real log it takes only what can be a leaf."""
        leaf_id = f"{len(self.acts):026d}"
        leaf(act, leaf_id, bytes(32), Lock(bytes(32), bytes(12)))
        self.acts.append(act)
        return LeafId(leaf_id)

    @property
    def happened(self):
        return [act.type for act in self.acts]


@dataclass
class Notices:
    """As `shared.records.notices`; who began and did not tell is found dead at once if `buried`."""

    diary: Diary
    begun: dict = field(default_factory=dict)
    buried: bool = True

    def begin(self, notice_id, act):
        if notice_id not in self.begun:
            self.begun[notice_id] = "begun"
            self.diary.record(act)
            return True
        return self.begun[notice_id] == "begun" and self.buried

    def told(self, notice_ids, now):
        self.begun |= dict.fromkeys(notice_ids, "told")

    def was_told(self, notice_id):
        return self.begun.get(notice_id) == "told"


@dataclass
class Takedowns:
    diary: Diary
    blocks: "Blocks"
    rows: dict = field(default_factory=dict)

    def ask(self, takedown, act):
        if takedown.takedown_id in self.rows:
            raise AlreadyExistsError("takedown", takedown.takedown_id)
        self.diary.record(act)
        self.rows[takedown.takedown_id] = takedown

    def get(self, takedown_id):
        if takedown_id not in self.rows:
            raise NotFoundError("takedowns", takedown_id)
        return self.rows[takedown_id]

    def advance(self, before, after, act, block=None):
        after = after.forgetful()
        self._require_same(before)
        if after.state is not before.state:
            step(before.state, after.state)
        if not act.personal and after.evidence_leaf is None and after.state is TakedownState.DONE:
            raise NoEvidenceError(before.takedown_id)
        if block is not None:
            self.blocks.require_new(block[0])
        leaf_id = self.diary.record(act)
        if act.personal and after.evidence_leaf is None:
            after = replace(after, evidence_leaf=leaf_id)
        if block is not None:
            self.blocks.ask(*block)
        self.rows[before.takedown_id] = after
        return after

    def evidence(self, takedown):
        leaf_id = takedown.evidence_leaf
        return dict(self.diary.acts[int(leaf_id)].personal) if leaf_id else None

    def moving(self):
        return tuple(each for each in self.rows.values() if each.is_moving)

    def _require_same(self, before):
        if self.get(before.takedown_id) != before:
            raise ChangedError("takedown", before.takedown_id, "moved on meanwhile")


@dataclass
class Blocks:
    diary: Diary
    rows: dict = field(default_factory=dict)

    def require_new(self, block):
        if block.block_id in self.rows:
            raise AlreadyExistsError("block", block.block_id)

    def ask(self, block, act):
        self.require_new(block)
        self.diary.record(act)
        self.rows[block.block_id] = block

    def get(self, block_id):
        return self.rows[block_id]

    def advance(self, before, after, act):
        step_block(before.state, after.state)
        if self.rows[before.block_id] != before:
            raise ChangedError("block", before.block_id, "moved on meanwhile")
        self.diary.record(act)
        self.rows[before.block_id] = after

    def moving(self):
        return tuple(self.rows.values())

    def due(self, on):
        return tuple(each for each in self.rows.values() if each.review_on <= on)
