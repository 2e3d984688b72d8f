"""The page of what many say alike. GET shows; only a POST says what became of them."""

from moderate.mention_case import MentionCase
from moderate.mention_forms import outcome_sent
from moderate.mention_room import desk, mention_case_of, waiting_cases
from moderate.settle_many import MOST, Settling, settle_many
from moderate.takedown_room import FORM, app, guest_of, now, page
from moderate.takedown_translate import sentence_of
from moderate.theme_shown import OUTCOMES, theme_view
from moderate.themes_of import with_theme_of
from shared.accounts.registry import Person
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.mentions.errors import InvalidMentionError
from shared.pages.forms import Fields, first
from shared.pages.parts import FieldError

NO_OUTCOME = "Say what became of them."
NOBODY_CHOSEN = "Choose which of them it answers."
FEW_NOW = "Too few say the same now to be answered as one; settle each by itself."


@app.on("/mentions/themes/{mention_id}")
def theme_page(call: Call, mention_id: str) -> Answer:
    """Whatever waits and says much the same as this one; by itself where too few do."""
    guest = guest_of(call, Right.LOOK)
    cases = _theme(mention_id, guest.person)
    if not cases:
        return see_other(f"/mentions/{mention_id}")
    return page("entry", theme_view(cases, guest.person), guest)


@app.on("/mentions/themes/{mention_id}", "POST")
def theme_sent(call: Call, mention_id: str) -> Answer:
    """Say what became of those that were chosen."""
    guest = guest_of(call, Right.ANSWER)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    cases = _theme(mention_id, guest.person)
    if not cases:
        raise NotFoundError(FEW_NOW)
    try:
        left = _settled(cases, sent, guest.person)
    except InvalidMentionError as error:
        errors = (FieldError(error.field, str(error)),)
        view = theme_view(cases, guest.person, typed=sent, errors=errors)
        return page("entry", view, guest, 422)
    if left:
        names = {each.mention_id for each in left}
        rest = tuple(case for case in cases if case.mention.mention_id in names)
        return page("entry", theme_view(rest, guest.person, left=left), guest, 409)
    return see_other("/mentions")


def _theme(mention_id: str, reader: Person) -> tuple[MentionCase, ...]:
    account = mention_case_of(mention_id, reader).account
    return with_theme_of(mention_id, waiting_cases(account))


def _settled(cases: tuple[MentionCase, ...], sent: Fields, by: Person) -> tuple[Settling, ...]:
    """Those that could not be settled; InvalidMentionError. Only what is on the page may be sent
    from it."""
    act, shown = first(sent, "act"), {case.mention.mention_id: case for case in cases}
    chosen = [each for each in dict.fromkeys(sent.get("mention_ids", ())) if each in shown][:MOST]
    if act not in {option.value for option in OUTCOMES}:
        raise InvalidMentionError("act", NO_OUTCOME)
    if not chosen:
        raise InvalidMentionError("mention_ids", NOBODY_CHOSEN)
    settled = settle_many(
        chosen,
        shown,
        outcome_sent(act, sent),
        by,
        desk=desk(),
        sentence_of=sentence_of,
        now=now(),
    )
    return tuple(each for each in settled if each.after is None)
