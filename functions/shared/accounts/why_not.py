"""What somebody is told who may not do a thing: whose it is, and whom to ask."""

from collections.abc import Mapping

from shared.accounts.right import Right

WHY_NOT: Mapping[Right, str] = {
    Right.LOOK: "You have no role here. Ask the web team.",
    Right.WRITE: "Your role reads and does not post. Ask a member of the team to post it.",
    Right.WRITE_FOR_ANY: "Only communications staff post for every account.",
    Right.READ_ALL: "Only communications staff and those who audit see this.",
    Right.APPROVE: "Only communications staff approve posts.",
    Right.PUBLISH_URGENTLY: "Only a commander or the duty officer publishes at once. "
    "Ring the duty officer, or send it in as immediate.",
    Right.DECLARE_INCIDENT: "Only a commander or communications staff declare an incident. "
    "Ring the duty officer.",
    Right.STAND_DOWN: "Only communications staff stand an incident down. Ring the duty officer.",
    Right.REVIEW_HELD: "Only its author or communications staff let a held post go. Ask them.",
    Right.SETTLE: "Only communications staff say whether it is there. Ring the duty officer.",
    Right.SETTLE_DRIFT: "Only communications staff and the web team say how it came about. "
    "Ring the duty officer.",
    Right.ASK_DELETION: "Only those who post ask for a deletion. Ask the account's team.",
    Right.DECIDE_DELETION: "Only communications staff decide about deletions.",
    Right.DELETE_AT_ONCE: "Only a commander or communications staff delete at once. "
    "Ring the duty officer.",
    Right.TAKE_DOWN: "Only those who post have comments taken down. Ask the account's team.",
    Right.ANSWER: "Only those who post say what became of a mention. Ask the account's team.",
    Right.DECIDE_APPEAL: "Only communications staff decide about appeals.",
    Right.BLOCK: "Only communications staff block people. Ask them.",
    Right.REVIEW_FOLLOWERS: "Only an account's owner, its deputies and communications review "
    "followers. Ask them.",
    Right.TELL_IMPOSTORS: "Your role reads and tells of nothing here. Tell communications.",
    Right.FOLLOW_IMPOSTORS: "Only communications staff and the web team follow impostors. "
    "Ask them.",
    Right.JUDGE_SAMPLES: "Only communications staff and professional standards look at samples. "
    "Ask them.",
    Right.ERASE: "Only communications staff erase text from the record. Ask them.",
    Right.HOLD: "Only communications staff and professional standards keep records for a court. "
    "Ask them.",
    Right.END_HOLD: "Only professional standards approve that a legal hold ends. Ask them.",
    Right.DISPOSE: "Only communications staff and professional standards ask that a month goes. "
    "Ask them.",
    Right.APPROVE_DISPOSAL: "Only professional standards approve that a month goes. Ask them.",
    Right.KEEP_PEOPLE: "Only the web team changes who has access. Ask them.",
    Right.KEEP_ACCOUNTS: "Only the web team opens and changes accounts. Ask them.",
    Right.KEEP_OPEN: "Only communications staff and the web team keep it open. Ask them.",
    Right.KEEP_CREDENTIALS: "Only the web team keeps the keys of accounts. Ask them.",
    Right.SEE_NAMES: "Names and mobile numbers are for the centre only.",
    Right.OWN_ENTRY: "You have no entry of your own here. Ask the web team.",
    Right.KEEP_POLICY: "Only communications staff change the policy. Ask them.",
    Right.AUDIT: "Only those who audit ask sealed months. Ask professional standards.",
}
