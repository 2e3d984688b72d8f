"""One filled view of every face of the pages of pictures and consents."""

from dataclasses import replace
from datetime import UTC, datetime

from compose import picture_forms, picture_shown
from compose.take_down import Use
from shared.accounts.registry import Role
from shared.pages.parts import FieldError, PictureOption, Typed
from shared.pages.registry_views import Way
from shared.pages.views import View
from shared.posts.consents import Consent, ConsentKind, Withdrawal, staff_consent_id
from shared.posts.names import ConsentId, PersonId, PictureId
from shared.posts.pictures import Licence, Picture
from tests.builders import a_person, a_post
from tests.pages.made_views import PIXEL, a_new_view

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PC, INSPECTOR = PersonId("pc-okafor"), PersonId("insp-lea")
NAME = PictureId("01J0000000000000000000000A")
PICTURE = Picture(NAME, "ab" * 32, "image/jpeg", 2048, 1536, 90_000, PC, NOW, Licence.OWN)
FORM = Consent(
    ConsentId("01J0000000000000000000000B"),
    ConsentKind.FORM,
    "Pictures of the fair,  for our pages.",
    NOW.date(),
    PC,
    NOW,
    reference="CF/2026/17 <b>",
    guardian=True,
)
SIGNED = replace(FORM, countersigned_by=INSPECTOR, countersigned_at=NOW, pictures=frozenset({NAME}))
BACK = replace(SIGNED, withdrawal=Withdrawal(PC, NOW, "They rang  us."))
OWN = replace(FORM, consent_id=staff_consent_id(PC), kind=ConsentKind.STAFF, reference="")
CENTRE = a_person("comms-ray", role=Role.COMMS)
READER = a_person("insp-lea", rank="Inspector")
USES = (Use(a_post(), ()),)
TODAY = NOW.date()
WRONG = (
    FieldError("picture", "This picture moves. Send one that stands still."),
    FieldError("licence", "Say by what right the force uses the picture."),
    FieldError("", "That is on record already."),
)
TYPED = Typed(text="At the fair.", pictures=((NAME, "A stall,\n  and a constable."), (NAME, "")))
ALBUM = (
    PictureOption(NAME, "Friday 20 November 2026 at 9:30am, 2048 × 1536", PIXEL),
    *(PictureOption(f"{n}", "Thursday 19 November 2026 at 9:30am, 48 × 36") for n in range(4)),
)

VIEWS: dict[str, tuple[str, View]] = {
    "pictures": ("registry", picture_shown.pictures_view((PICTURE,), "a+b/c=")),
    "pictures-none": ("registry", picture_shown.pictures_view((), None)),
    "picture-form": ("form", picture_forms.upload_form()),
    "picture-form-wrong": (
        "form",
        replace(
            picture_forms.filled(picture_forms.upload_form(), {"consents": ["a\n b"]}),
            errors=WRONG,
        ),
    ),
    "video-form": (
        "form",
        picture_forms.handover_form("https://incoming.example/", {"key": "incoming/p/1"}),
    ),
    "video-about": ("form", picture_forms.video_form("01J0000000000000000000000V")),
    "consents": (
        "registry",
        picture_shown.consents_view((FORM, BACK), None, TODAY, (Way("/consents/new", "New"),)),
    ),
    "consent-form": ("form", picture_forms.consent_form()),
    "consent-own": ("form", picture_forms.agree_form()),
    "consent-waiting": ("entry", picture_shown.consent_view(FORM, (), READER, TODAY)),
    "consent-back": ("entry", picture_shown.consent_view(BACK, USES, CENTRE, TODAY)),
    "consent-of-staff": ("entry", picture_shown.consent_view(OWN, (), READER, TODAY)),
    "new-with-pictures": ("new", a_new_view(typed=TYPED, album=ALBUM)),
    "new-with-pictures-wrong": (
        "new",
        a_new_view(
            typed=TYPED,
            album=ALBUM[:1],
            errors=(FieldError("pictures", "Picture 2 is in the post already."),),
        ),
    ),
}
