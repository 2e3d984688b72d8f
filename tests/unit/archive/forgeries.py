"""Eight ways of harming an archive, each with chance in it, and what has to be said of each.

A harm is done with the file alone (`RAW`), with every manifest made anew (`REMADE`), or with the
note made anew as well, by a forger's own key (`RESEALED`): the forger has the bucket, and no key.
"""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

from shared.months import bag
from shared.months.lines import read_line
from shared.recordlog.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from shared.recordlog.note import LocalSigner, parse_note, sign_note
from tests.unit.archive import bags
from tests.unit.archive.bags import FORGED_ARCHIVE, FORGED_LOG, Archive

RAW, REMADE, RESEALED = "the file alone", "the manifests made anew", "the note made anew"
PROVED = re.compile(r"data/(records/|counts|log/(checkpoint|consistency|tile))")
"""What the log itself proves, so that it can be named without a manifest."""

TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")


@dataclass(frozen=True)
class Harm:
    """What was done, and which of `files` the sentence has to begin with; `leaf` if it has to say
    one; `asked` is whether the keys are given."""

    archive: Archive
    files: frozenset[str]
    leaf: int | None = None
    keys_given: bool = True


def harm(archive, month, path, how, *, leaf=None, also=(), proved=None):
    """The file was changed; it is sealed again as far as the forger can. What the log does not
    prove may be named by itself, or by the seal that does not fit any more."""
    if how == REMADE:
        bags.remake(archive, month)
    if how == RESEALED:
        bags.reseal(archive, month)
    files = {f"month={month}/{each}" for each in (path, *also)}
    is_proved = PROVED.match(path) if proved is None else proved
    if how != RAW and not is_proved:
        seals = {REMADE: f"month={month}/tagmanifest-sha256.txt", RESEALED: f"commit/{month}.note"}
        files.add(seals[how])
    return Harm(archive, frozenset(files), leaf)


def pick_how(chance):
    return chance.choice((RAW, REMADE, RESEALED))


def pick_month(archive, chance, *, having=""):
    able = [each for each in archive.months if any(p.startswith(having) for p in archive.bag(each))]
    return chance.choice(able)


def edges(archive, month):
    """Tiles that only the root proves: if one is wrong, it is told that they do not lead to it."""
    mine = archive.bag(month)
    return {path for path in mine if path.startswith("data/log/tile/") and ".p/" in path}


# ── a changed byte in any file ────────────────────────────────────────────────


def a_changed_byte(archive, chance):
    how = pick_how(chance)
    month = pick_month(archive, chance)
    if how == RAW and chance.random() < 0.1:
        note = f"commit/{month}.note"
        archive.objects[note] = flip(archive.objects[note], chance)
        return Harm(archive, frozenset({note}))
    files = archive.bag(month)
    kinds = sorted({kind_of(path) for path in files if how == RAW or path not in TAGS})
    kind = chance.choice(kinds)  # so that there are not mostly tiles
    path = chance.choice([each for each in files if kind_of(each) == kind])
    data, flipped = files[path], flip(files[path], chance)
    archive.objects[f"month={month}/{path}"] = flipped
    also, proved = (), None
    if how != RAW and path in edges(archive, month):
        also = (bag.END,)
    if path.endswith(".gz"):
        proved = not same_lines(data, flipped)
    return harm(archive, month, path, how, also=also, proved=proved)


def kind_of(path):
    return re.sub(r"[0-9x/]+(\.p/[0-9]+)?$", "", path)


def flip(data, chance):
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def same_lines(data, other):
    try:
        return bags.unpack(data) == bags.unpack(other) and data[:8] == other[:8]
    except bags.zlib.error:
        return False


# ── lines ─────────────────────────────────────────────────────────────────────


def a_removed_line(archive, chance):
    month, path, lines = some_lines(archive, chance)
    gone = lines.pop(chance.randrange(len(lines)))
    return rewritten(archive, month, path, lines, read_line(gone).leaf_index, chance)


def swapped_lines(archive, chance):
    month, path, lines = some_lines(archive, chance, least=2)
    if chance.random() < 0.3:  # a line of another leaf in its place
        place = chance.randrange(len(lines))
        leaf = read_line(lines[place]).leaf_index
        lines[place] = chance.choice([line for line in lines if line != lines[place]])
        return rewritten(archive, month, path, lines, leaf, chance)
    a, b = sorted(chance.sample(range(len(lines)), 2))
    leaf = read_line(lines[a]).leaf_index
    lines[a], lines[b] = lines[b], lines[a]
    return rewritten(archive, month, path, lines, leaf, chance)


def a_changed_line(archive, chance):
    """Not one bit of the file, but one thing in a line, packed again as if nothing had happened."""
    month, path, lines = some_lines(archive, chance)
    place = chance.randrange(len(lines))
    line = read_line(lines[place])
    index, envelope, payload, salt = line.leaf_index, line.envelope, line.payload, line.salt
    what = chance.randrange(4)
    if what == 0:
        envelope = envelope.replace(b"pc-okafor", b"pc-nobody")
    if what == 1:
        payload = payload[:-1] + b',"zusatz":1}'
    if what == 2:
        index += chance.choice((-1, 1, 1000))
    if what == 3:
        salt = bytes(32) if salt else b"s" * 32
    lines[place] = bags.line_of(max(index, 0), envelope, payload, salt)
    if line.salt is None and what == 1:  # only the seal proves it, once the salt is gone
        return a_changed_line(archive, chance)
    return rewritten(archive, month, path, lines, line.leaf_index, chance)


def some_lines(archive, chance, least=1):
    able = [
        (month, path)
        for month in archive.months
        for path in archive.bag(month)
        if path.startswith("data/records/") and len(bags.unpack(archive.bag(month)[path])) >= least
    ]
    month, path = chance.choice(able)
    return month, path, bags.unpack(archive.bag(month)[path])


def rewritten(archive, month, path, lines, leaf, chance):
    archive.objects[f"month={month}/{path}"] = bags.pack(lines)
    return harm(archive, month, path, pick_how(chance), leaf=leaf)


# ── files ─────────────────────────────────────────────────────────────────────


def a_removed_file(archive, chance):
    how, month = pick_how(chance), pick_month(archive, chance)
    files = [path for path in archive.bag(month) if how == RAW or path not in TAGS]
    kind = chance.choice(sorted({kind_of(path) for path in files}))
    path = chance.choice([each for each in files if kind_of(each) == kind])
    del archive.objects[f"month={month}/{path}"]
    return harm(archive, month, path, how)


# ── the log ───────────────────────────────────────────────────────────────────


def a_truncated_log(archive, chance, shorter):
    """`shorter` is an archive of the same story that ends some leaves before."""
    month = archive.months[-1]
    how = chance.choice((REMADE, RESEALED))
    true = archive.bag(month)
    if chance.random() < 0.4:
        return cut_off(archive, chance)
    archive.put(month, shorter.bag(month))
    if chance.random() < 0.5:
        # The checkpoint is a true one, of some time before: only who sealed the month can say.
        found = harm(archive, month, bag.END, how)
        return found if how == REMADE else Harm(archive, frozenset({f"commit/{month}.note"}))
    archive.objects[f"month={month}/{bag.END}"] = true[bag.END]
    forged = harm(archive, month, bag.END, how)
    return Harm(archive, frozenset(forged.files | tiles_beyond(true, archive.bag(month), month)))


def tiles_beyond(true, short, month):
    """What a log of the signed size would have, and what a shorter one has instead."""
    return {f"month={month}/{path}" for path in true.keys() ^ short.keys()}


def cut_off(archive, chance):
    """The end of a file is gone."""
    month = pick_month(archive, chance, having="data/records/")
    able = [path for path in archive.bag(month) if re.match("data/(records|log/tile)/", path)]
    path = chance.choice(able)
    data = archive.bag(month)[path]
    archive.objects[f"month={month}/{path}"] = data[: chance.randrange(len(data))]
    return harm(archive, month, path, pick_how(chance))


def a_forged_checkpoint(archive, chance):
    how, month = pick_how(chance), pick_month(archive, chance, having="data/records/")
    path = chance.choice([each for each in (bag.START, bag.END) if each in archive.bag(month)])
    true = archive.bag(month)[path]
    note = parse_note(true)
    said = parse_checkpoint(note.text)
    lines = true.decode().partition("\n\n")[2]
    root = bytes(32) if chance.random() < 0.5 else flip(said.root, chance)
    other = Checkpoint(said.origin, said.size + chance.choice((0, -1, 1, 10**17)), root)
    stranger = LocalSigner("stranger.example/record-log", b"h" * 32)
    forged = [
        sign_checkpoint(other, [FORGED_LOG]),
        sign_checkpoint(said, [FORGED_LOG]),
        f"{other.text()}\n{lines}".encode(),
        sign_checkpoint(Checkpoint(stranger.key.name, said.size, said.root), [stranger]),
        sign_note(other.text(), [FORGED_LOG]) + lines.encode(),
        true.replace(b"\n\n", b"\n\n" + sign_note("x\n", [FORGED_LOG]).partition(b"\n\n")[2])
        + b"x",
        f"{said.text()}\n— {said.origin} {base64.b64encode(bytes(68)).decode()}\n".encode(),
    ]
    archive.objects[f"month={month}/{path}"] = chance.choice(forged)
    return harm(archive, month, path, how)


# ── months ────────────────────────────────────────────────────────────────────


def a_replaced_month(archive, chance, another):
    """`another` is an archive of other leaves, of which the forger has every key."""
    place = chance.randrange(len(archive.months))
    month = archive.months[place]
    keys_given = chance.random() < 0.6
    if chance.random() < 0.4:
        source = chance.choice([each for each in archive.months if each != month])
        archive.put(month, archive.bag(source))
        if chance.random() < 0.5:
            archive.objects[f"commit/{month}.note"] = archive.objects[f"commit/{source}.note"]
        return Harm(archive, frozenset({f"month={month}/bag-info.txt"}), None, keys_given)
    archive.put(month, another.bag(month))
    if chance.random() < 0.7:
        archive.objects[f"commit/{month}.note"] = another.objects[f"commit/{month}.note"]
    blamed = {f"month={month}/{each}" for each in (bag.START, bag.END, "tagmanifest-sha256.txt")}
    if not keys_given:
        # Then the first month says whose keys are believed: it is the second that does not fit.
        blamed |= {f"commit/{each}.note" for each in archive.months[place : place + 2]}
    return Harm(archive, frozenset(blamed), None, keys_given)


def a_missing_month(archive, chance):
    place = chance.randrange(1, len(archive.months) - 1)
    month = archive.months[place]
    what = chance.randrange(4)
    keys_given = chance.random() < 0.5
    if what == 0:
        del archive.objects[f"commit/{month}.note"]
        return Harm(archive, frozenset({f"commit/{month}.note"}), None, keys_given)
    archive.take_away(month)
    if what == 1:
        return Harm(archive, frozenset({f"month={month}"}), None, keys_given)
    del archive.objects[f"commit/{month}.note"]
    if what == 2:
        return Harm(archive, frozenset({f"month={month}"}), None, keys_given)
    # The following months move up, so that there is no gap.
    for old, new in zip(archive.months[place:], [month, *archive.months[place:]], strict=False):
        archive.put(new, archive.bag(old))
        archive.objects[f"commit/{new}.note"] = archive.objects.pop(f"commit/{old}.note")
        archive.take_away(old)
    return Harm(archive, frozenset({f"month={month}/bag-info.txt"}), None, keys_given)


Way = Callable[..., Harm]
FORGED = {"log": (FORGED_LOG,), "seal": (FORGED_ARCHIVE,)}
