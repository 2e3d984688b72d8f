"""The API of the policy: what is in use, what is proposed, and the approval by a second person."""

import json
from typing import Any

from register.keep_policy import approve, propose
from register.room import app, now, policy_desk, visitor
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.policy.proposal import Proposal, shipped

LONGEST_WHY = 500


@app.on("/v1/policies")
def policies_api(call: Call) -> Answer:
    """The policy in use, and every one proposed, newest first."""
    visitor(call, Right.READ_ALL)
    policies, today = policy_desk().policies, now().date()
    used = policies.in_use()
    ours = {"digest": None, "version": shipped(today).version, "approved_at": None}
    in_use = used and {k: v for k, v in policy_shape(used).items() if k in ours}
    return json_answer(
        {"in_use": in_use or ours, "policies": [policy_shape(each) for each in policies.all()]}
    )


@app.on("/v1/policies", "POST")
def propose_api(call: Call) -> Answer:
    """Propose a policy; it is in use only when somebody else has approved it."""
    guest = visitor(call, Right.KEEP_POLICY)
    fields = Fields(call.json())
    pack = fields.an_object("pack")
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    proposal = propose(pack, why, by=guest.person, desk=policy_desk(), now=now())
    headers = {"Location": f"/v1/policies/{proposal.digest}"}
    return json_answer(policy_shape(proposal), 201, **headers)


@app.on("/v1/policies/{digest}")
def policy_api(call: Call, digest: str) -> Answer:
    """One policy, word for word."""
    visitor(call, Right.READ_ALL)
    proposal = policy_desk().policies.get(digest)
    return json_answer({**policy_shape(proposal), "pack": json.loads(proposal.content)})


@app.on("/v1/policies/{digest}/approval", "POST")
def approve_policy_api(call: Call, digest: str) -> Answer:
    """Approve a policy that somebody else proposed; it is in use within a minute."""
    guest = visitor(call, Right.KEEP_POLICY)
    Fields(call.json()).done()
    return json_answer(
        policy_shape(approve(digest, by=guest.person, desk=policy_desk(), now=now()))
    )


def policy_shape(proposal: Proposal) -> dict[str, Any]:
    """A policy in a list."""
    return {
        "digest": proposal.digest,
        "version": proposal.version,
        "proposed_by": proposal.proposed_by,
        "proposed_at": stamp(proposal.proposed_at),
        "why": proposal.why,
        "approved_by": proposal.approved_by,
        "approved_at": stamp(proposal.approved_at),
    }
