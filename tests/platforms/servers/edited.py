"""Strict platforms whose posts can be edited; docs/platforms.md says how that is known."""

import re
from typing import Any
from urllib.parse import parse_qsl, unquote

from shared.platforms.linkedin.little import read
from tests.platforms.servers import facebook, linkedin, mastodon
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route

EDIT_FIELDS = {"status", "language", "media_ids", "media_attributes"}


class MastodonEdited(mastodon.MastodonServer):
    """PUT /api/v1/statuses/:id: pictures that are not named are taken away."""

    def routes(self) -> tuple[Route, ...]:
        one = re.compile(r"/api/v1/statuses/(\d+)")
        return (Route("PUT", one, "edit", self._edit), *super().routes())

    def _edit(self, request: Request) -> Reply:
        status, fields = self._find(request), request.json()
        strange = set(fields) - EDIT_FIELDS
        if strange or not re.fullmatch("[a-z]{2,3}", fields.get("language", "")):
            raise RefusedRequestError(422, {"error": f"Validation failed: {sorted(strange)}"})
        if len(fields["status"]) > mastodon.LONGEST:
            words = f"Validation failed: Text character limit of {mastodon.LONGEST} exceeded"
            raise RefusedRequestError(422, {"error": words})
        alts = {one["id"]: one["description"] for one in fields.get("media_attributes", [])}
        kept = dict(status.media)
        named = fields.get("media_ids", [])
        if not set(named) <= set(kept):
            raise RefusedRequestError(422, {"error": "Validation failed: media_ids"})
        with self._lock:
            status.text, status.language = fields["status"], fields["language"]
            status.media = [(name, alts.get(name, kept[name])) for name in named]
        return Reply(200, self._shape(status))


class FacebookEdited(facebook.FacebookServer):
    """POST /{page-post-id}, by the table of parameters of a Page's post."""

    def routes(self) -> tuple[Route, ...]:
        one = re.compile(rf"/v26\.0/({facebook.PAGE}_\d+)")
        return (Route("POST", one, "edit", self._edit), *super().routes())

    def _edit(self, request: Request) -> Reply:
        post = self._find(request)
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        strange = [name for name in form if not _page_post_table().is_valid_key(name)]
        message = form.get("message", "")
        if strange or not message.strip() or len(message) > facebook.LONGEST:
            words = f"(#100) Unknown {strange}, or not 1 to {facebook.LONGEST} characters"
            raise facebook.refuse(100, words)
        with self._lock:
            post.message = message
        return Reply(200, {"success": True})


def _page_post_table() -> Any:
    from facebook_business.adobjects.pagepost import PagePost
    from facebook_business.api import FacebookAdsApi

    api = FacebookAdsApi.init(access_token="nobody's", crash_log=False)
    return PagePost("1_2", api=api).api_update(pending=True)._param_checker


class LinkedInEdited(linkedin.LinkedInServer):
    """POST /rest/posts/{urn} as a partial update, which its own header says."""

    def routes(self) -> tuple[Route, ...]:
        one = re.compile(r"/rest/posts/(urn%3Ali%3Ashare%3A\d+)")
        headers = linkedin.HEADERS | {"x-restli-method"}
        return (Route("POST", one, "edit", self._edit, headers), *super().routes())

    def _edit(self, request: Request) -> Reply:
        share = self._find(request)
        if request.headers.get("x-restli-method") != "PARTIAL_UPDATE":
            raise linkedin.refuse(400, "method")
        match request.json():
            case {"patch": {"$set": {"commentary": str(words), **more}, **others}, **rest}:
                if more or others or rest or unquote(request.found[0]) != share.urn:
                    raise linkedin.refuse(422, f"Unknown fields: {more, others, rest}")
            case _:
                raise linkedin.refuse(422, "patch")
        if len(read(words)) > linkedin.LONGEST:
            raise linkedin.refuse(422, f"commentary: at most {linkedin.LONGEST} characters")
        with self._lock:
            share.commentary = words
        return Reply(204)
