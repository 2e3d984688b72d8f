"""What communications are told of consents: a copy of each, and what has to come down (M05)."""

from compose.picture_room import room, tell_centre
from compose.take_down import Use, uses_of
from shared.posts.consents import Consent, ConsentKind

OWN = "of a member of staff"


def uses(consent: Consent) -> tuple[Use, ...]:
    """Every version with pictures of a consent that left the house or may still."""
    here = room()
    return uses_of(consent, here.album.pictures, here.posts, here.publications)


def tell(consent: Consent) -> None:
    """A letter to whoever is on duty: it was filed, or taken back."""
    from shared.mail.letters import ConsentTold, Event

    back = consent.withdrawal is not None
    out = sum(use.may_be_out for use in uses(consent)) if back else 0
    form = consent.kind is ConsentKind.FORM
    reference = consent.reference if form else OWN
    link = f"{room().settings.base_url}/consents/{consent.consent_id}"
    letters = {
        person.email: ConsentTold(person.name, reference, out, link)
        for person in room().people.on_duty()
    }
    tell_centre(Event.CONSENT_WITHDRAWN if back else Event.CONSENT_FILED, letters)
