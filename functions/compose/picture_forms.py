"""The forms of pictures and of consents."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.posts.consents import Consent, ConsentState

Sent = Mapping[str, Sequence[str]]

LICENCES = (
    Option("own", "The force’s own, or you took it on duty"),
    Option("permission", "Its owner gave leave"),
    Option("open_government", "Open Government Licence"),
    Option("public_domain", "Public domain, or CC0"),
    Option("cc_by", "Creative Commons BY"),
    Option("cc_by_sa", "Creative Commons BY-SA"),
    Option("cc_by_nc", "Creative Commons BY-NC"),
)
SHOWS = (
    Option("nobody", "Nobody can be recognised"),
    Option("staff", "Colleagues only"),
    Option("public", "Somebody from the public"),
)
GENERATED = (Option("yes", "It was made by a machine, wholly or in part"),)
GUARDIAN = (Option("yes", "A parent or guardian signed"),)


UPLOADED = (
    FieldView(
        "picture",
        "The picture",
        "file",
        hint="JPEG, PNG, WebP or GIF, up to 4.4 MB. Where and when it was taken, and all "
        "else a camera writes into it, is left out.",
    ),
    FieldView("licence", "By what right does the force use it?", "choice", options=LICENCES),
    FieldView("source", "Where it comes from, or who gave leave", "line"),
    FieldView(
        "credit",
        "Credit line",
        "line",
        hint="Such as “Photo: A. Author, CC BY 4.0”. The words of the post must have it.",
    ),
    FieldView("shows", "Who can be recognised in it?", "choice", options=SHOWS),
    FieldView(
        "consents",
        "Their consents",
        "lines",
        hint="One a line: the consent’s id, or a colleague’s short name in the registry.",
    ),
    FieldView(
        "purpose",
        "Or the policing purpose",
        "line",
        hint="Where people are shown who were not asked. Somebody else reads the post.",
    ),
    FieldView("ai_generated", "How it was made", "checks", options=GENERATED),
)


CAPTIONS = (
    "Most people watch without sound: write what is said into the picture (captions) before you "
    "send it. Where and when it was taken, and all else a camera writes into it, is left out; the "
    "picture and the sound stay as they are."
)


def handover_form(address: str, hidden: Mapping[str, str]) -> FormView:
    """To hand a video over, straight to where it is looked at."""
    kept = tuple(FieldView(name, "", "hidden", (value,)) for name, value in hidden.items())
    file = FieldView(
        "file",
        "The video",
        "file",
        hint="MP4 (H.264 and AAC), up to 50 MB and 2 minutes 20 seconds. It may take a minute.",
        accept="video/mp4",
    )
    return FormView(
        "Add a video",
        address,
        "Send it",
        (*kept, file),
        sentence=CAPTIONS,
        back=Way("/pictures", "Back to your pictures"),
        outside=True,
    )


def video_form(upload: str) -> FormView:
    """To say whose a video is that was handed over, and who is shown."""
    return FormView(
        "Whose video is it?",
        "/videos/arrived",
        "Add it",
        (FieldView("upload", "", "hidden", (upload,)), *UPLOADED[1:]),
        sentence="It has arrived. It is cleaned now, which may take some seconds.",
        back=Way("/videos/new", "Send another video in its place"),
    )


def upload_form() -> FormView:
    """To bring a picture, and to say whose it is and who is shown."""
    return FormView(
        "Add a picture",
        "/pictures/new",
        "Add it",
        UPLOADED,
        back=Way("/pictures", "Back to your pictures"),
    )


def consent_form() -> FormView:
    """To record a signed form; it asks for no name."""
    return FormView(
        "Record a consent",
        "/consents/new",
        "Record it",
        (
            FieldView(
                "reference",
                "Where the signed form lies",
                "line",
                hint="Its number in the records system, such as CF/2026/17. Name nobody here.",
            ),
            FieldView("purpose", "What they agreed to", "line", hint="Name nobody here."),
            FieldView("given_on", "The day on the form", "day", hint="Such as 2026-11-20."),
            FieldView("guardian", "Who signed", "checks", options=GUARDIAN),
        ),
        sentence="Keep the signed form with the force’s records. It is disposed of after three "
        "years, and so is this entry.",
        back=Way("/consents", "Back to the consents"),
    )


def agree_form() -> FormView:
    """To agree to be shown oneself."""
    return FormView(
        "Agree to be shown yourself",
        "/consents/mine",
        "I agree",
        (),
        sentence="Colleagues may then use pictures that you can be recognised in. You can take "
        "this back at any time.",
    )


def acts_on(consent: Consent, state: ConsentState, *, may_sign: bool) -> tuple[FormView, ...]:
    """What this reader can do about a consent."""
    address = f"/consents/{consent.consent_id}"
    sign = FormView(
        "Countersign it",
        address,
        "Countersign",
        (),
        act="countersign",
        sentence="You have looked at the signed form, and it is in order.",
    )
    back = FormView(
        "Note that it was taken back",
        address,
        "Take it back",
        (FieldView("why", "How they told you", "line", hint="Name nobody here."),),
        act="withdraw",
        sentence="At once, nothing more is sent with its pictures. Communications are told which "
        "posts show them.",
    )
    if consent.withdrawal:
        return ()
    return (sign, back) if may_sign and state is ConsentState.WAITING else (back,)


def filled(form: FormView, sent: Sent) -> FormView:
    """A form with what was typed into it."""
    fields = tuple(
        field if field.kind == "file" else replace(field, values=tuple(sent.get(field.name, ())))
        for field in form.fields
    )
    return replace(form, fields=fields)
