-- Views of the copy, in the words that DuckDB and Athena (Trino) both understand; what is spelled
-- differently, DuckDB is taught (index.py). Trino compiles no CASE of values within anything else.
-- Each view is made of those above it. {size} is how many leaves the log had at the moment that is
-- asked about: of what came later nothing is known. Every row names a leaf, by its place and its
-- hash, from which whatever it says can be proved. Views name the folders (entity) they are made
-- of, and joins the account: what is not asked about is not read. Acts of one millisecond may stand
-- in the log in either order; `turn` sorts by time as an id does, and then by what must come first:
-- acts named in a list come before those that are not, the last named before all others.

-- view acts: Every leaf that was known.
SELECT * FROM leaves WHERE leaf_index < {size}

-- view steps: Every act by which a version came to stand somewhere else, and where.
SELECT account_id, post_id, version, leaf_index, "at",
  substr(leaf_id, 1, 10) || CAST(900 - strpos(
    'post.released approval.approved post.cleared approval.asked post.submitted', type
  ) AS VARCHAR) || substr(leaf_id, 11) AS turn,
  CASE type
    WHEN 'post.submitted' THEN 'submitted'
    WHEN 'approval.asked' THEN 'awaiting_approval'
    WHEN 'post.cleared' THEN 'cleared'
    WHEN 'approval.approved' THEN 'cleared'
    WHEN 'approval.edited' THEN 'superseded'
    WHEN 'post.entered_afterwards' THEN 'published'
    WHEN 'post.refused' THEN coalesce(json_extract_scalar(payload, '$.state'), 'refused')
    WHEN 'post.broken' THEN 'failed'
    WHEN 'post.reviewed' THEN CASE
      WHEN json_extract_scalar(payload, '$.decision') = 'release' THEN 'cleared'
      ELSE 'returned' END
    WHEN 'post.concluded' THEN CASE
      WHEN strpos(payload, '":"uncertain"') > 0 OR strpos(payload, '":"pending"') > 0
        THEN 'uncertain'
      WHEN strpos(payload, '":"sent"') = 0 AND strpos(payload, '":"withdrawn"') = 0
        THEN 'failed'
      WHEN strpos(payload, '":"failed"') > 0 OR strpos(payload, '":"held"') > 0
        THEN 'partly_published'
      ELSE 'published' END
    ELSE split_part(type, '.', 2)
  END AS state
FROM acts
WHERE entity IN ('approval', 'post') AND post_id IS NOT NULL AND type IN (
  'post.submitted', 'post.blocked', 'post.cleared', 'post.released', 'post.refused', 'post.held',
  'post.reviewed', 'post.expired', 'post.broken', 'post.superseded', 'post.withdrawn',
  'post.concluded', 'post.entered_afterwards', 'approval.asked', 'approval.approved',
  'approval.returned', 'approval.rejected', 'approval.edited'
)

-- view versions: Every version of a post, its words, and where it stood last.
SELECT s.post_id, s.version, s.account_id, s.actor AS written_by, s."at" AS written_at,
  t.state, t.since AS state_since, s.text,
  json_extract_scalar(s.payload, '$.content_hash') AS content_hash,
  json_extract_scalar(s.payload, '$.policy_version') AS policy_version,
  json_extract_scalar(s.payload, '$.urgency') AS urgency,
  json_extract_scalar(s.payload, '$.incident') AS incident_id,
  json_extract_scalar(s.payload, '$.corrects.post_id') AS corrects_post_id,
  CAST(json_extract_scalar(s.payload, '$.corrects.version') AS INTEGER) AS corrects_version,
  json_extract_scalar(s.payload, '$.note_of') AS note_of,
  json_format(json_extract(s.payload, '$.platforms')) AS platforms,
  coalesce(json_array_length(json_extract(s.payload, '$.findings')), 0) AS findings,
  coalesce(json_array_length(json_extract(s.payload, '$.pictures')), 0) AS pictures,
  s.month, s.leaf_index, s.leaf_hash
FROM acts s
JOIN (
  SELECT account_id, post_id, version, max_by(state, turn) AS state,
    max("at") AS since
  FROM steps GROUP BY account_id, post_id, version
) t ON t.account_id = s.account_id AND t.post_id = s.post_id AND t.version = s.version
WHERE s.entity = 'post'
  AND s.type IN ('post.submitted', 'post.blocked', 'post.entered_afterwards')
  AND json_extract_scalar(s.payload, '$.text') IS NOT NULL

-- view posts: Every post, as its newest version says.
SELECT *
FROM (
  SELECT v.*,
    min(written_at) OVER (PARTITION BY account_id, post_id) AS first_written_at,
    first_value(written_by) OVER (PARTITION BY account_id, post_id ORDER BY version)
      AS first_written_by,
    max(version) OVER (PARTITION BY account_id, post_id) AS newest
  FROM versions v
) n
WHERE version = newest

-- view findings: Every finding of the policy check that is on record, one to a row.
SELECT a.post_id, a.version, a.account_id, a."at", a.type AS found_by, t.n AS number,
  coalesce(
    json_extract_scalar(a.payload, '$.findings[' || CAST(t.n AS VARCHAR) || '].rule'),
    json_extract_scalar(a.payload, '$.rules[' || CAST(t.n AS VARCHAR) || ']')
  ) AS rule,
  json_extract_scalar(a.payload, '$.findings[' || CAST(t.n AS VARCHAR) || '].severity')
    AS severity,
  json_extract_scalar(a.payload, '$.findings[' || CAST(t.n AS VARCHAR) || '].message') AS message,
  json_extract_scalar(a.payload, '$.findings[' || CAST(t.n AS VARCHAR) || '].source') AS source,
  json_extract_scalar(a.payload, '$.policy_version') AS policy_version,
  a.month, a.leaf_index, a.leaf_hash
FROM acts a
CROSS JOIN UNNEST(sequence(0, 99)) AS t(n)
WHERE a.entity = 'post' AND a.post_id IS NOT NULL
  AND t.n < coalesce(
    json_array_length(json_extract(a.payload, '$.findings')),
    json_array_length(json_extract(a.payload, '$.rules')),
    0
  )

-- view approvals: Every decision about a version: who, when, and how long they had it before them.
SELECT a.post_id, a.version, a.account_id, split_part(a.type, '.', 2) AS decision,
  a.actor AS decided_by, a."at" AS decided_at, a.approver,
  json_extract_scalar(a.payload, '$.way') AS way,
  CAST(substr(replace(json_extract_scalar(a.payload, '$.shown_at'), 'T', ' '), 1, 19) AS TIMESTAMP)
    AS shown_at,
  date_diff(
    'second',
    CAST(substr(replace(json_extract_scalar(a.payload, '$.shown_at'), 'T', ' '), 1, 19)
      AS TIMESTAMP),
    a."at"
  ) AS seconds,
  json_extract_scalar(a.payload, '$.reason') AS words,
  json_extract_scalar(a.payload, '$.content_hash') AS content_hash,
  json_extract_scalar(a.payload, '$.policy_version') AS policy_version,
  v.written_by, v.content_hash AS content_hash_written, a.month, a.leaf_index, a.leaf_hash
FROM acts a
LEFT JOIN versions v
  ON v.account_id = a.account_id AND v.post_id = a.post_id AND v.version = a.version
WHERE a.entity = 'approval' AND a.type IN (
  'approval.approved', 'approval.returned', 'approval.rejected', 'approval.edited'
)

-- view publications: What became of every target of a version.
SELECT account_id, post_id, version, subject, max(platform) AS platform,
  max_by(
    CASE type
      WHEN 'publication.claimed' THEN 'pending'
      WHEN 'publication.not_sent' THEN 'pending'
      WHEN 'deletion.done_by_hand' THEN 'withdrawn'
      WHEN 'publication.settled_by_person' THEN CASE
        WHEN json_extract_scalar(payload, '$.decision') = 'sent' THEN 'sent'
        ELSE 'failed' END
      ELSE split_part(type, '.', 2)
    END,
    turn
  ) FILTER (WHERE type <> 'publication.looked') AS state,
  min("at") FILTER (WHERE type = 'publication.claimed') AS claimed_at,
  min("at") FILTER (WHERE type IN ('publication.sent', 'publication.settled_by_person'))
    AS settled_at,
  max_by(json_extract_scalar(payload, '$.url'), leaf_index)
    FILTER (WHERE json_extract_scalar(payload, '$.url') IS NOT NULL) AS url,
  max_by(json_extract_scalar(payload, '$.platform_id'), leaf_index)
    FILTER (WHERE json_extract_scalar(payload, '$.platform_id') IS NOT NULL) AS platform_id,
  max_by(json_extract_scalar(payload, '$.text_read_back'), leaf_index)
    FILTER (WHERE json_extract_scalar(payload, '$.text_read_back') IS NOT NULL) AS text,
  max_by(month, turn) AS month, max_by(leaf_index, turn) AS leaf_index,
  max_by(leaf_hash, turn) AS leaf_hash
FROM (
  SELECT *,
    substr(leaf_id, 1, 10)
      || CAST(900 - strpos('publication.not_sent publication.claimed', type) AS VARCHAR)
      || substr(leaf_id, 11) AS turn
  FROM acts
  WHERE entity IN ('deletion', 'publication') AND post_id IS NOT NULL
    AND (type LIKE 'publication.%' OR type = 'deletion.done_by_hand')
) p
GROUP BY account_id, post_id, version, subject

-- view corrections: Every version that puts right an earlier one.
SELECT c.post_id, c.version, c.account_id, c.written_by, c.written_at, c.state, c.text,
  c.corrects_post_id, c.corrects_version, w.text AS text_that_was_wrong,
  json_extract_scalar(a.payload, '$.corrects.wrong') AS wrong,
  json_extract_scalar(a.payload, '$.corrects.complaint') AS complaint,
  c.month, c.leaf_index, c.leaf_hash
FROM versions c
JOIN acts a ON a.entity = 'post' AND a.leaf_index = c.leaf_index
LEFT JOIN versions w ON w.account_id = c.account_id AND w.post_id = c.corrects_post_id
  AND w.version = c.corrects_version
WHERE c.corrects_post_id IS NOT NULL

-- view deletions: Every deletion: its grounds, who asked, who decided, and how it ended.
SELECT d.subject AS deletion, max(d.account_id) AS account_id, max(d.reason) AS ground,
  max(d.actor) FILTER (WHERE d.type = 'deletion.asked') AS asked_by,
  min(d."at") FILTER (WHERE d.type = 'deletion.asked') AS asked_at,
  max(json_extract_scalar(d.payload, '$.why')) FILTER (WHERE d.type = 'deletion.asked') AS why,
  max(json_format(json_extract(d.payload, '$.posts'))) AS posts,
  max(json_extract_scalar(d.payload, '$.at_once')) FILTER (WHERE d.type = 'deletion.asked')
    AS at_once,
  max(d.actor) FILTER (WHERE d.type IN ('deletion.approved', 'deletion.refused')) AS decided_by,
  min(d."at") FILTER (WHERE d.type IN ('deletion.approved', 'deletion.refused')) AS decided_at,
  max(json_extract_scalar(d.payload, '$.agrees')) FILTER (WHERE d.type = 'deletion.reviewed')
    AS reviewer_agrees,
  max_by(
    CASE
      WHEN d.type <> 'deletion.concluded' THEN split_part(d.type, '.', 2)
      WHEN strpos(d.payload, '"standing":[]') > 0 AND strpos(d.payload, ':"left"') = 0
        THEN 'removed'
      ELSE 'partly_removed'
    END,
    d.turn
  ) FILTER (WHERE d.type <> 'deletion.reviewed') AS state,
  max(t.kept) AS evidence_kept, max(t.removed) AS removed, max(t.proved) AS proved,
  max_by(d.month, d.turn) AS month, max_by(d.leaf_index, d.turn) AS leaf_index,
  max_by(d.leaf_hash, d.turn) AS leaf_hash
FROM (
  SELECT *,
    substr(leaf_id, 1, 10)
      || CAST(900 - strpos('deletion.approved deletion.asked', type) AS VARCHAR)
      || substr(leaf_id, 11) AS turn
  FROM acts
  WHERE entity = 'deletion' AND subject LIKE 'deletion:%'
) d
LEFT JOIN (
  SELECT json_extract_scalar(payload, '$.deletion') AS deletion_id,
    count(DISTINCT subject) FILTER (WHERE type = 'deletion.evidence_kept') AS kept,
    count(DISTINCT subject) FILTER (WHERE type = 'publication.withdrawn') AS removed,
    count(DISTINCT subject) FILTER (WHERE type = 'deletion.proved') AS proved
  FROM acts
  WHERE entity IN ('deletion', 'publication')
    AND type IN ('deletion.evidence_kept', 'publication.withdrawn', 'deletion.proved')
  GROUP BY 1
) t ON 'deletion:' || t.deletion_id = d.subject
GROUP BY d.subject

-- view incidents: Every critical incident: who it kept quiet, since when and until when.
SELECT subject AS incident, max(account_id) AS lpt,
  max(json_extract_scalar(payload, '$.scope')) AS scope,
  max(json_extract_scalar(payload, '$.area')) AS area,
  max(json_extract_scalar(payload, '$.drill')) AS drill,
  max(json_extract_scalar(payload, '$.why')) FILTER (WHERE type = 'incident.declared') AS why,
  max(actor) FILTER (WHERE type = 'incident.declared') AS declared_by,
  min("at") FILTER (WHERE type = 'incident.declared') AS declared_at,
  max(actor) FILTER (WHERE type = 'incident.stood_down') AS stood_down_by,
  max("at") FILTER (WHERE type = 'incident.stood_down') AS stood_down_at,
  max_by(json_format(json_extract(payload, '$.exempt')), leaf_index)
    FILTER (WHERE type IN ('incident.declared', 'incident.exempted')) AS exempt,
  max_by(month, leaf_index) AS month, max(leaf_index) AS leaf_index,
  max_by(leaf_hash, leaf_index) AS leaf_hash
FROM acts
WHERE entity = 'incident' AND subject LIKE 'incident:%'
GROUP BY subject

-- view takedowns: Every comment of somebody else that was taken down, or was to be.
SELECT subject AS takedown, max(account_id) AS account_id, max(platform) AS platform,
  max(reason) AS rule, max(json_extract_scalar(payload, '$.deed')) AS deed,
  max(json_extract_scalar(payload, '$.comment')) AS comment_id,
  max(json_extract_scalar(payload, '$.asked_by')) AS asked_by,
  min("at") FILTER (WHERE type = 'takedown.asked') AS asked_at,
  max(json_extract_scalar(payload, '$.why')) FILTER (WHERE type = 'takedown.asked') AS why,
  count(*) FILTER (WHERE type = 'takedown.evidence_kept') AS evidence_kept,
  max_by(split_part(type, '.', 2), leaf_index)
    FILTER (WHERE type NOT IN ('takedown.told', 'takedown.evidence_kept')) AS state,
  max_by(month, leaf_index) AS month, max(leaf_index) AS leaf_index,
  max_by(leaf_hash, leaf_index) AS leaf_hash
FROM acts
WHERE entity = 'takedown' AND subject LIKE 'takedown:%'
GROUP BY subject

-- view accounts: Every account of the registry, as far as the log tells.
SELECT account_id,
  max_by(
    CASE type
      WHEN 'account.entered' THEN 'active'
      WHEN 'account.imported' THEN json_extract_scalar(payload, '$.entry.status')
      ELSE split_part(type, '.', 2)
    END,
    leaf_index
  ) FILTER (WHERE type IN (
    'account.entered', 'account.imported', 'account.requested', 'account.approved',
    'account.activated', 'account.suspended', 'account.closed'
  )) AS state,
  max_by(
    coalesce(
      json_extract_scalar(payload, '$.to'),
      json_extract_scalar(payload, '$.changed.owner[1]'),
      json_extract_scalar(payload, '$.entry.owner')
    ),
    leaf_index
  ) FILTER (WHERE coalesce(
      json_extract_scalar(payload, '$.to'),
      json_extract_scalar(payload, '$.changed.owner[1]'),
      json_extract_scalar(payload, '$.entry.owner')
    ) IS NOT NULL) AS owner,
  max_by(
    coalesce(
      json_extract_scalar(payload, '$.changed.title[1]'),
      json_extract_scalar(payload, '$.entry.title')
    ),
    leaf_index
  ) FILTER (WHERE coalesce(
      json_extract_scalar(payload, '$.changed.title[1]'),
      json_extract_scalar(payload, '$.entry.title')
    ) IS NOT NULL) AS title,
  min("at") AS first_at, max("at") AS last_at,
  max("at") FILTER (WHERE type = 'account.reviewed') AS reviewed_at,
  max("at") FILTER (WHERE type = 'account.without_cover') AS without_cover_at,
  max_by(month, leaf_index) AS month, max(leaf_index) AS leaf_index,
  max_by(leaf_hash, leaf_index) AS leaf_hash
FROM acts
WHERE entity = 'registry' AND type LIKE 'account.%' AND account_id IS NOT NULL
GROUP BY account_id

-- view people: Everybody of the registry by id, as far as the log tells; it has no names.
SELECT substr(subject, 8) AS person_id,
  max_by(json_extract_scalar(payload, '$.role'), leaf_index)
    FILTER (WHERE json_extract_scalar(payload, '$.role') IS NOT NULL) AS role,
  max_by(
    CASE type WHEN 'person.back' THEN 'active' WHEN 'person.entered' THEN 'active'
      ELSE split_part(type, '.', 2) END,
    leaf_index
  ) FILTER (WHERE type IN (
    'person.entered', 'person.back', 'person.away', 'person.suspended', 'person.left'
  )) AS state,
  min("at") FILTER (WHERE type = 'person.entered') AS entered_at,
  max("at") FILTER (WHERE type = 'person.signed_in') AS signed_in_at,
  count(DISTINCT json_extract_scalar(payload, '$.topic')) FILTER (WHERE type = 'person.trained')
    AS topics_taught,
  max_by(json_extract_scalar(payload, '$.version'), leaf_index)
    FILTER (WHERE type = 'person.policy_accepted') AS policy_accepted,
  max_by(month, leaf_index) AS month, max(leaf_index) AS leaf_index,
  max_by(leaf_hash, leaf_index) AS leaf_hash
FROM acts
WHERE entity = 'registry' AND subject LIKE 'person:%'
GROUP BY subject
