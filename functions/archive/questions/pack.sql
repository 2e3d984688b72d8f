-- What must not be, asked of the views in the words that DuckDB and Trino both know (views.sql says
-- which). A head is a name, the values that are given besides the period, what is asked, and whose
-- rule it is. Every row begins with leaf_index, leaf_hash, month, account_id, post_id and "at": the
-- act to begin with, which happened within the period. What is overdue is so by the last act that
-- is known, never by a clock, so the same months give the same answer on any day.

-- question own_approvals: Who approved words they had written or changed themselves? [promise P1, cleared words only; G14, force policy, Social Media]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a.decided_at AS "at", a.version,
  a.decision, a.decided_by, a.written_by, f.written_by AS first_written_by
FROM approvals a
LEFT JOIN versions f
  ON f.account_id = a.account_id AND f.post_id = a.post_id AND f.version = 1
WHERE a.decision IN ('approved', 'edited')
  AND (a.written_by IN (a.decided_by, a.approver) OR f.written_by IN (a.decided_by, a.approver))
  AND a.decided_at >= $since AND a.decided_at < $until
ORDER BY a.leaf_index

-- question own_reviews: Who let a post of their own go after an incident, or looked themselves at one of theirs that did not wait? [promise P1, cleared words only; I04, force training, Proactive reassurance using social media]
SELECT r.leaf_index, r.leaf_hash, r.month, r.account_id, r.post_id, r."at", r.version, r.type,
  r.actor AS reviewed_by, v.written_by, f.written_by AS first_written_by,
  json_extract_scalar(w.payload, '$.by') AS posted_by
FROM acts r
JOIN versions v
  ON v.account_id = r.account_id AND v.post_id = r.post_id AND v.version = r.version
JOIN acts w ON w.entity = 'post' AND w.leaf_index = v.leaf_index
LEFT JOIN versions f
  ON f.account_id = r.account_id AND f.post_id = r.post_id AND f.version = 1
WHERE r.entity = 'post'
  AND (r.type = 'post.urgent_reviewed' OR (
    r.type = 'post.reviewed'
    AND json_extract_scalar(r.payload, '$.decision') = 'release'
    AND json_extract_scalar(r.payload, '$.held_for') = 'incident'
  ))
  AND (
    r.actor IN (v.written_by, f.written_by) OR r.actor = json_extract_scalar(w.payload, '$.by')
  )
  AND r."at" >= $since AND r."at" < $until
ORDER BY r.leaf_index

-- question quick_approvals (seconds = 5): What was approved sooner after it was shown than anybody can read? [promise P1, cleared words only; G14, force policy, Social Media]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version,
  a.actor AS decided_by, a.shown_at, a.milliseconds
FROM (
  SELECT *,
    CAST(substr(replace(replace(
      json_extract_scalar(payload, '$.shown_at'), 'T', ' '), '+00:00', ''), 1, 23) AS TIMESTAMP)
      AS shown_at,
    date_diff('millisecond', CAST(substr(replace(replace(
      json_extract_scalar(payload, '$.shown_at'), 'T', ' '), '+00:00', ''), 1, 23) AS TIMESTAMP),
      "at") AS milliseconds
  FROM acts
  WHERE entity = 'approval' AND type = 'approval.approved'
) a
WHERE a.milliseconds < $seconds * 1000 AND a."at" >= $since AND a."at" < $until
ORDER BY a.leaf_index

-- question unseen_approvals: What was approved by a link whose page had not been shown? [promise P6, GET shows and POST acts]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a.decided_at AS "at", a.version,
  a.decided_by, a.way
FROM approvals a
WHERE a.decision = 'approved' AND a.way = 'link' AND a.shown_at IS NULL
  AND a.decided_at >= $since AND a.decided_at < $until
ORDER BY a.leaf_index

-- question other_words_approved: Where were other words approved than those that were sent in? [promise P1, cleared words only]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a.decided_at AS "at", a.version,
  a.decided_by, a.content_hash, a.content_hash_written
FROM approvals a
WHERE a.decision = 'approved' AND a.content_hash_written IS NOT NULL
  AND a.content_hash IS DISTINCT FROM a.content_hash_written
  AND a.decided_at >= $since AND a.decided_at < $until
ORDER BY a.leaf_index

-- question uncleared_words: What was released or sent although these very words had not been cleared? [promise P1, cleared words only]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version, a.type,
  a.subject, json_extract_scalar(a.payload, '$.content_hash') AS content_hash, v.written_by
FROM acts a
JOIN versions v
  ON v.account_id = a.account_id AND v.post_id = a.post_id AND v.version = a.version
LEFT JOIN (
  SELECT account_id, post_id, version, json_extract_scalar(payload, '$.content_hash') AS words,
    min("at") AS cleared_at
  FROM acts
  WHERE entity IN ('approval', 'post') AND type IN ('approval.approved', 'post.cleared')
  GROUP BY account_id, post_id, version, json_extract_scalar(payload, '$.content_hash')
) c
  ON c.account_id = a.account_id AND c.post_id = a.post_id AND c.version = a.version
  AND c.words = json_extract_scalar(a.payload, '$.content_hash') AND c.cleared_at <= a."at"
WHERE a.entity IN ('post', 'publication')
  AND (a.type IN ('post.released', 'publication.claimed', 'publication.sent'))
  AND c.cleared_at IS NULL AND a."at" >= $since AND a."at" < $until
ORDER BY a.leaf_index

-- question unreleased_words: What was sent although the last look had not released these very words? [promise P1, cleared words only]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version, a.platform,
  a.subject, json_extract_scalar(a.payload, '$.content_hash') AS content_hash, v.written_by
FROM acts a
JOIN versions v
  ON v.account_id = a.account_id AND v.post_id = a.post_id AND v.version = a.version
LEFT JOIN (
  SELECT account_id, post_id, version, json_extract_scalar(payload, '$.content_hash') AS words,
    min("at") AS released_at
  FROM acts
  WHERE entity = 'post' AND type = 'post.released'
  GROUP BY account_id, post_id, version, json_extract_scalar(payload, '$.content_hash')
) r
  ON r.account_id = a.account_id AND r.post_id = a.post_id AND r.version = a.version
  AND r.words = json_extract_scalar(a.payload, '$.content_hash') AND r.released_at <= a."at"
WHERE a.entity = 'publication' AND a.type = 'publication.claimed'
  AND r.released_at IS NULL AND a."at" >= $since AND a."at" < $until
ORDER BY a.leaf_index

-- question ended_versions_sent: What was released or sent although the version had been replaced, taken back, returned, rejected, blocked or left to expire? [promise P1, cleared words only; N13, force procedure, Hints, Tips and Other Useful Information]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version, a.type,
  a.subject, e.type AS ended_by, e."at" AS ended_at
FROM acts a
JOIN (
  SELECT account_id, post_id, version, min_by(type, leaf_index) AS type, min("at") AS "at"
  FROM acts
  WHERE entity IN ('approval', 'post') AND type IN (
    'approval.edited', 'approval.rejected', 'approval.returned', 'post.blocked', 'post.expired',
    'post.superseded', 'post.withdrawn'
  )
  GROUP BY account_id, post_id, version
) e
  ON e.account_id = a.account_id AND e.post_id = a.post_id AND e.version = a.version
  AND e."at" < a."at"
WHERE a.entity IN ('post', 'publication') AND a.type IN ('post.released', 'publication.claimed')
  AND a."at" >= $since AND a."at" < $until
ORDER BY a.leaf_index

-- question findings_nobody_read: What was cleared without a person although the policy asked for one? [promise P1, cleared words only; G18, force procedure, Hints, Tips and Other Useful Information]
SELECT c.leaf_index, c.leaf_hash, c.month, c.account_id, c.post_id, c."at", c.version,
  min(c.rule) AS rule, count(DISTINCT c.rule) AS rules, max(c.policy_version) AS policy_version
FROM (
  SELECT d.leaf_index, d.leaf_hash, d.month, d.account_id, d.post_id, d."at", d.version,
    json_format(json_extract(d.payload, '$.rules')) AS found,
    json_extract_scalar(d.payload, '$.policy_version') AS policy_version,
    json_extract_scalar(f.payload, '$.findings[' || CAST(t.n AS VARCHAR) || '].rule') AS rule,
    json_extract_scalar(f.payload, '$.findings[' || CAST(t.n AS VARCHAR) || '].severity')
      AS severity
  FROM acts d
  JOIN acts f
    ON f.account_id = d.account_id AND f.post_id = d.post_id AND f.version = d.version
    AND json_extract_scalar(f.payload, '$.policy_version')
      = json_extract_scalar(d.payload, '$.policy_version')
  CROSS JOIN UNNEST(sequence(0, 99)) AS t(n)
  -- Few have any: the others are not taken apart a hundred times.
  WHERE d.entity = 'post' AND d.type = 'post.cleared' AND d.payload LIKE '%"rules":["%'
    AND f.entity = 'post' AND f.type = 'post.submitted'
    AND f.payload LIKE '%"severity":"review"%'
    AND t.n < json_array_length(json_extract(f.payload, '$.findings'))
) c
LEFT JOIN acts u
  ON u.entity = 'post' AND u.type = 'post.urgent'
  AND u.account_id = c.account_id AND u.post_id = c.post_id AND u.version = c.version
WHERE c.severity = 'review' AND strpos(c.found, '"' || c.rule || '"') > 0
  AND u.leaf_index IS NULL AND c."at" >= $since AND c."at" < $until
GROUP BY c.leaf_index, c.leaf_hash, c.month, c.account_id, c.post_id, c."at", c.version
ORDER BY c.leaf_index

-- question urgent_posts_unreviewed (hours = 128): What did not wait for a second person, and nobody else looked at it by the end of the next working day? [G14, force policy, Social Media]
SELECT u.leaf_index, u.leaf_hash, u.month, u.account_id, u.post_id, u."at", u.version, u.type,
  u.actor, u.reason, r.actor AS reviewed_by, r."at" AS reviewed_at,
  json_extract_scalar(r.payload, '$.due') AS due
FROM acts u
JOIN versions v
  ON v.account_id = u.account_id AND v.post_id = u.post_id AND v.version = u.version
LEFT JOIN acts r
  ON r.entity = 'post' AND r.type = 'post.urgent_reviewed'
  AND r.account_id = u.account_id AND r.post_id = u.post_id AND r.version = u.version
CROSS JOIN (SELECT max("at") AS known_until FROM acts) k
WHERE u.entity = 'post' AND u.type IN ('post.entered_afterwards', 'post.urgent')
  AND v.state NOT IN (
    'blocked', 'expired', 'refused', 'rejected', 'returned', 'superseded', 'withdrawn'
  )
  AND (
    (r.leaf_index IS NULL
      AND date_diff('millisecond', u."at", k.known_until) > $hours * 3600000)
    OR r."at" > CAST(substr(replace(
      json_extract_scalar(r.payload, '$.due'), 'T', ' '), 1, 19) AS TIMESTAMP)
  )
  AND u."at" >= $since AND u."at" < $until
ORDER BY u.leaf_index

-- question posts_in_incidents: Who spoke while an incident was to keep their account quiet? [I01, I03, force training, Proactive reassurance using social media]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version, a.type,
  a.subject, v.written_by, max(i.incident) AS incident, min(i.began) AS since
FROM (
  SELECT *, coalesce(CAST(substr(replace(
    json_extract_scalar(payload, '$.posted_at'), 'T', ' '), 1, 19) AS TIMESTAMP), "at") AS spoken_at
  FROM acts
  WHERE entity IN ('post', 'publication')
    AND type IN ('post.entered_afterwards', 'post.released', 'publication.claimed')
) a
JOIN versions v
  ON v.account_id = a.account_id AND v.post_id = a.post_id AND v.version = a.version
LEFT JOIN versions f
  ON f.account_id = a.account_id AND f.post_id = a.post_id AND f.version = 1
LEFT JOIN people p ON p.person_id = coalesce(f.written_by, v.written_by)
LEFT JOIN (
  SELECT account_id,
    max_by(coalesce(json_extract_scalar(payload, '$.changed.level[1]'),
      json_extract_scalar(payload, '$.entry.level')), leaf_index)
      FILTER (WHERE payload LIKE '%"level":%') AS level,
    lower(max_by(coalesce(json_extract_scalar(payload, '$.changed.area[1]'),
      json_extract_scalar(payload, '$.entry.area')), leaf_index)
      FILTER (WHERE payload LIKE '%"area":%')) AS area,
    max_by(coalesce(json_extract_scalar(payload, '$.changed.parent[1]'),
      json_extract_scalar(payload, '$.entry.parent')), leaf_index)
      FILTER (WHERE payload LIKE '%"parent":%') AS parent
  FROM acts
  WHERE entity = 'registry'
    AND type IN ('account.changed', 'account.imported', 'account.requested')
  GROUP BY account_id
) n ON n.account_id = a.account_id
JOIN (
  SELECT i.subject AS incident, i.type, i."at" AS began, s.scope, s.lpt, s.area,
    lead(i."at") OVER (PARTITION BY i.subject ORDER BY i.leaf_index) AS ended,
    json_format(json_extract(i.payload, '$.exempt')) AS exempt
  FROM acts i
  JOIN (
    SELECT subject, json_extract_scalar(payload, '$.scope') AS scope, account_id AS lpt,
      lower(json_extract_scalar(payload, '$.area')) AS area
    FROM acts
    WHERE entity = 'incident' AND type = 'incident.declared'
      AND json_extract_scalar(payload, '$.drill') = 'false'
  ) s ON s.subject = i.subject
  WHERE i.entity = 'incident'
    AND i.type IN ('incident.declared', 'incident.exempted', 'incident.stood_down')
) i
  ON i.type <> 'incident.stood_down' AND i.began <= a.spoken_at
  AND (i.ended IS NULL OR a.spoken_at < i.ended)
WHERE (i.scope = 'force' OR i.lpt IN (a.account_id, n.parent) OR (i.area <> '' AND i.area = n.area))
  AND strpos(i.exempt, '"' || a.account_id || '"') = 0
  AND coalesce(n.level, '') <> 'corporate'
  AND coalesce(p.role, '') NOT IN ('corporate', 'lpt_commander')
  AND a."at" >= $since AND a."at" < $until
GROUP BY a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version, a.type,
  a.subject, v.written_by
ORDER BY a.leaf_index

-- question unreviewed_after_incidents: What went out after an incident that it had waited through, and nobody let it go first? [I04, force training, Proactive reassurance using social media]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version,
  v.written_by, v.written_at, max(h.incident) AS incident, max(o."at") AS stood_down_at
FROM acts a
JOIN versions v
  ON v.account_id = a.account_id AND v.post_id = a.post_id AND v.version = a.version
JOIN (
  SELECT account_id, post_id, version, max("at") AS held_at,
    max(json_extract_scalar(payload, '$.incident')) AS incident
  FROM acts
  WHERE entity = 'post' AND type = 'post.held'
    AND json_extract_scalar(payload, '$.why') = 'incident'
  GROUP BY account_id, post_id, version
) h
  ON h.account_id = a.account_id AND h.post_id = a.post_id AND h.version = a.version
  AND h.held_at <= a."at"
LEFT JOIN acts o
  ON o.entity = 'incident' AND o.type = 'incident.stood_down'
  AND o.subject = 'incident:' || h.incident
LEFT JOIN acts r
  ON r.entity = 'post' AND r.type = 'post.reviewed'
  AND json_extract_scalar(r.payload, '$.decision') = 'release'
  AND r.account_id = a.account_id AND r.post_id = a.post_id AND r.version = a.version
  AND r."at" >= h.held_at AND r."at" <= a."at"
WHERE a.entity = 'post' AND a.type = 'post.released' AND r.leaf_index IS NULL
  AND a."at" >= $since AND a."at" < $until
GROUP BY a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version,
  v.written_by, v.written_at
ORDER BY a.leaf_index

-- question closed_accounts_speaking: Which account spoke that was not open, or was suspended or closed? [promise P1, cleared words only; A03, A06, force policy, Social Media]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version, a.type,
  a.subject, s.type AS became, s.began AS became_at
FROM acts a
JOIN (
  SELECT account_id, type, "at" AS began, json_extract_scalar(payload, '$.entry.status') AS status,
    lead("at") OVER (PARTITION BY account_id ORDER BY leaf_index) AS ended
  FROM acts
  WHERE entity = 'registry' AND type IN (
    'account.activated', 'account.approved', 'account.closed', 'account.entered',
    'account.imported', 'account.requested', 'account.suspended'
  )
) s
  ON s.account_id = a.account_id AND s.began < a."at" AND (s.ended IS NULL OR a."at" < s.ended)
WHERE a.entity IN ('post', 'publication') AND a.type IN ('post.released', 'publication.claimed')
  AND (
    s.type IN ('account.approved', 'account.closed', 'account.requested', 'account.suspended')
    OR (s.type = 'account.imported' AND s.status <> 'active')
  )
  AND a."at" >= $since AND a."at" < $until
ORDER BY a.leaf_index

-- question acts_without_access: Who acted while their access was suspended, or after they had left? [promise P7, no keys in the wrong room; P11, P12, force policy, Social Media]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.type, a.subject,
  a.actor, s.type AS became, s.began AS became_at
FROM acts a
JOIN (
  SELECT subject, type, "at" AS began,
    lead("at") OVER (PARTITION BY subject ORDER BY leaf_index) AS ended
  FROM acts
  WHERE entity = 'registry' AND type IN ('person.back', 'person.left', 'person.suspended')
) s
  ON s.subject = 'person:' || a.actor AND s.began < a."at" AND (s.ended IS NULL OR a."at" < s.ended)
WHERE s.type IN ('person.left', 'person.suspended')
  AND a.type NOT IN (
    -- Done by others in the name of whoever had asked; and what somebody does to come back.
    'block.asked', 'erasure.approved', 'erasure.done', 'erasure.refused', 'hold.approved',
    'hold.placed', 'hold.refused', 'hold.release_approved', 'hold.release_refused',
    'hold.released', 'person.reverified', 'person.signed_out', 'policy.approved'
  )
  AND a."at" >= $since AND a."at" < $until
ORDER BY a.leaf_index

-- question untrained_authors (topics = 8, days = 730): Who sent in words without having been taught every topic, or too long ago? [F10, force training, Proactive reassurance using social media]
SELECT s.leaf_index, s.leaf_hash, s.month, s.account_id, s.post_id, s."at", s.version,
  s.actor AS written_by, count(DISTINCT t.topic) AS topics_taught
FROM acts s
LEFT JOIN (
  SELECT subject, "at", json_extract_scalar(payload, '$.topic') AS topic,
    CAST(json_extract_scalar(payload, '$.on') AS DATE) AS taught_on
  FROM acts
  WHERE entity = 'registry' AND type = 'person.trained'
) t
  ON t.subject = 'person:' || s.actor AND t."at" <= s."at"
  AND date_diff('day', t.taught_on, CAST(s."at" AS DATE)) <= $days
WHERE s.entity = 'post' AND s.type = 'post.submitted' AND s."at" >= $since AND s."at" < $until
GROUP BY s.leaf_index, s.leaf_hash, s.month, s.account_id, s.post_id, s."at", s.version, s.actor
HAVING count(DISTINCT t.topic) < $topics
ORDER BY s.leaf_index

-- question accounts_without_cover: Which account was left with nobody to look after it? [D04, force procedure, Hints, Tips and Other Useful Information]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.actor AS noted_for,
  n.title, n.owner
FROM acts a
LEFT JOIN accounts n ON n.account_id = a.account_id
WHERE a.entity = 'registry' AND a.type = 'account.without_cover'
  AND a."at" >= $since AND a."at" < $until
ORDER BY a.leaf_index

-- question accounts_without_owner (hours = 24): Whose account got no other owner after they had left or been suspended? [A07, P11, force policy, Social Media]
SELECT g.leaf_index, g.leaf_hash, g.month, o.account_id, g.post_id, g."at", g.type,
  o.owner, min(o.ended) AS handed_over_at
FROM (
  SELECT *, lead("at") OVER (PARTITION BY subject ORDER BY leaf_index) AS ended
  FROM acts
  WHERE entity = 'registry' AND type IN ('person.back', 'person.left', 'person.suspended')
) g
JOIN (
  SELECT account_id, owner, "at" AS began,
    lead("at") OVER (PARTITION BY account_id ORDER BY leaf_index) AS ended
  FROM (
    SELECT account_id, "at", leaf_index, coalesce(
      json_extract_scalar(payload, '$.to'),
      json_extract_scalar(payload, '$.changed.owner[1]'),
      json_extract_scalar(payload, '$.entry.owner')
    ) AS owner
    FROM acts
    WHERE entity = 'registry' AND type IN (
      'account.changed', 'account.handed_over', 'account.imported', 'account.requested'
    )
  ) e
  WHERE owner IS NOT NULL
) o ON 'person:' || o.owner = g.subject AND o.began <= g."at"
JOIN accounts n ON n.account_id = o.account_id AND n.state IN ('activated', 'active')
CROSS JOIN (SELECT max("at") AS known_until FROM acts) k
WHERE g.type IN ('person.left', 'person.suspended')
  AND date_diff('millisecond', g."at", coalesce(o.ended, k.known_until)) > $hours * 3600000
  AND date_diff('millisecond', g."at", coalesce(g.ended, k.known_until)) > $hours * 3600000
  AND g."at" >= $since AND g."at" < $until
GROUP BY g.leaf_index, g.leaf_hash, g.month, o.account_id, g.post_id, g."at", g.type, o.owner
ORDER BY g.leaf_index, o.account_id

-- question keys_not_changed (days = 7): Which keys were not changed after somebody who knew them had lost access? [P04, force procedure, Hints, Tips and Other Useful Information; P11, force policy, Social Media]
SELECT f.leaf_index, f.leaf_hash, f.month, f.account_id, f.post_id, f."at", f.subject, f.actor,
  min(s."at") AS changed_at
FROM acts f
LEFT JOIN acts s
  ON s.entity = 'registry' AND s.type = 'credential.set' AND s.account_id = f.account_id
  AND s.subject = f.subject AND s."at" > f."at"
CROSS JOIN (SELECT max("at") AS known_until FROM acts) k
WHERE f.entity = 'registry' AND f.type = 'credential.rotation_forced'
  AND f."at" >= $since AND f."at" < $until
GROUP BY f.leaf_index, f.leaf_hash, f.month, f.account_id, f.post_id, f."at", f.subject, f.actor,
  k.known_until
HAVING date_diff('millisecond', f."at", coalesce(min(s."at"), k.known_until)) > $days * 86400000
ORDER BY f.leaf_index

-- question unsettled_publications (hours = 24): Of which target does nobody know to this day whether it went out? [promises P2, once, and P3, nothing lost]
SELECT c.leaf_index, c.leaf_hash, c.month, c.account_id, c.post_id, c."at", c.version, c.subject,
  c.platform, p.state
FROM acts c
JOIN publications p ON p.account_id = c.account_id AND p.subject = c.subject
CROSS JOIN (SELECT max("at") AS known_until FROM acts) k
WHERE c.entity = 'publication' AND c.type = 'publication.claimed'
  AND p.state IN ('pending', 'uncertain')
  AND date_diff('millisecond', c."at", k.known_until) > $hours * 3600000
  AND c."at" >= $since AND c."at" < $until
ORDER BY c.leaf_index

-- question sent_twice: What stands twice on one platform? [promise P2, once; P09, force procedure, Hints, Tips and Other Useful Information]
SELECT s.leaf_index, s.leaf_hash, s.month, s.account_id, s.post_id, s."at", s.version, s.subject,
  s.platform, s.type, s.turn AS times, json_extract_scalar(s.payload, '$.url') AS url
FROM (
  SELECT *, row_number() OVER (PARTITION BY account_id, subject ORDER BY leaf_index) AS turn
  FROM acts
  WHERE entity = 'publication' AND (type = 'publication.sent' OR (
    type = 'publication.settled_by_person'
    AND json_extract_scalar(payload, '$.decision') = 'sent'
  ))
) s
WHERE s.turn > 1 AND s."at" >= $since AND s."at" < $until
ORDER BY s.leaf_index

-- question posted_by_hand_alone: What was posted by hand without a second person who agreed to it? [break-glass procedure, four eyes]
SELECT e.leaf_index, e.leaf_hash, e.month, e.account_id, e.post_id, e."at", e.version,
  e.actor AS entered_by, json_extract_scalar(e.payload, '$.by') AS posted_by,
  json_extract_scalar(e.payload, '$.authorised_by') AS authorised_by,
  json_extract_scalar(e.payload, '$.why') AS why
FROM acts e
WHERE e.entity = 'post' AND e.type = 'post.entered_afterwards'
  AND coalesce(json_extract_scalar(e.payload, '$.authorised_by'),
    json_extract_scalar(e.payload, '$.by')) = json_extract_scalar(e.payload, '$.by')
  AND e."at" >= $since AND e."at" < $until
ORDER BY e.leaf_index

-- question posted_by_hand_late (hours = 24): What was posted by hand, and entered here much later? [break-glass procedure, the same day]
SELECT e.leaf_index, e.leaf_hash, e.month, e.account_id, e.post_id, e."at", e.version,
  e.actor AS entered_by, json_extract_scalar(e.payload, '$.by') AS posted_by,
  json_extract_scalar(e.payload, '$.posted_at') AS posted_at,
  json_extract_scalar(e.payload, '$.why') AS why
FROM acts e
WHERE e.entity = 'post' AND e.type = 'post.entered_afterwards'
  AND date_diff('millisecond', CAST(substr(replace(
    json_extract_scalar(e.payload, '$.posted_at'), 'T', ' '), 1, 19) AS TIMESTAMP), e."at")
    > $hours * 3600000
  AND e."at" >= $since AND e."at" < $until
ORDER BY e.leaf_index

-- question posted_by_hand_against_policy: Which words were posted by hand that the policy would have blocked? [break-glass procedure; N07, N08, force procedure, Hints, Tips and Other Useful Information]
SELECT f.leaf_index, f.leaf_hash, f.month, f.account_id, f.post_id, f."at", f.version,
  min(f.rule) AS rule, count(DISTINCT f.rule) AS rules, min(f.message) AS message
FROM findings f
WHERE f.found_by = 'post.entered_afterwards' AND f.severity = 'block'
  AND f."at" >= $since AND f."at" < $until
GROUP BY f.leaf_index, f.leaf_hash, f.month, f.account_id, f.post_id, f."at", f.version
ORDER BY f.leaf_index

-- question late_corrections (hours = 24): Which mistake was put right only long after it had gone out? [C09, C10, ConnectedCOPS handbook]
SELECT c.leaf_index, c.leaf_hash, c.month, c.account_id, c.post_id, c.written_at AS "at", c.version,
  c.written_by, c.corrects_post_id, c.corrects_version, o.sent_at, c.wrong
FROM corrections c
JOIN (
  SELECT account_id, post_id, version, min(settled_at) AS sent_at
  FROM publications GROUP BY account_id, post_id, version
) o
  ON o.account_id = c.account_id AND o.post_id = c.corrects_post_id
  AND o.version = c.corrects_version
WHERE date_diff('millisecond', o.sent_at, c.written_at) > $hours * 3600000
  AND c.written_at >= $since AND c.written_at < $until
ORDER BY c.leaf_index

-- question deletions_without_reason: Which deletion was asked for without one of the grounds, without why, or with no word for the public? [C12, C13, ConnectedCOPS handbook]
SELECT d.leaf_index, d.leaf_hash, d.month, d.account_id, d.post_id, d."at", d.subject AS deletion,
  d.actor AS asked_by, d.reason AS ground, json_extract_scalar(d.payload, '$.why') AS why,
  json_extract_scalar(d.payload, '$.note') AS note
FROM acts d
WHERE d.entity = 'deletion' AND d.type = 'deletion.asked'
  AND (
    coalesce(d.reason, '') NOT IN ('factual-danger', 'illegal', 'offensive', 'prejudicial')
    OR trim(coalesce(json_extract_scalar(d.payload, '$.why'), '')) = ''
    OR trim(coalesce(json_extract_scalar(d.payload, '$.note'), '')) = ''
  )
  AND d."at" >= $since AND d."at" < $until
ORDER BY d.leaf_index

-- question own_deletions: Who decided about a deletion that they had asked for, or of their own words? [C12, ConnectedCOPS handbook]
SELECT d.leaf_index, d.leaf_hash, d.month, d.account_id, d.post_id, d."at", d.subject AS deletion,
  d.type, d.actor AS decided_by, q.actor AS asked_by, w.written_by
FROM acts d
JOIN acts q ON q.entity = 'deletion' AND q.type = 'deletion.asked' AND q.subject = d.subject
LEFT JOIN (
  SELECT DISTINCT n.leaf_index, v.written_by
  FROM (
    SELECT a.leaf_index,
      json_extract_scalar(a.payload, '$.posts[' || CAST(t.n AS VARCHAR) || ']') AS name
    FROM acts a
    CROSS JOIN UNNEST(sequence(0, 39)) AS t(n)
    WHERE a.entity = 'deletion'
      AND a.type IN ('deletion.approved', 'deletion.refused', 'deletion.reviewed')
      AND t.n < coalesce(json_array_length(json_extract(a.payload, '$.posts')), 0)
  ) n
  JOIN versions v
    ON v.post_id = substr(n.name, 6, strpos(n.name, '@v') - 6)
    AND (v.version = 1 OR CAST(v.version AS VARCHAR) = substr(n.name, strpos(n.name, '@v') + 2))
) w ON w.leaf_index = d.leaf_index AND w.written_by = d.actor
WHERE d.entity = 'deletion'
  AND d.type IN ('deletion.approved', 'deletion.refused', 'deletion.reviewed')
  AND (d.actor = q.actor OR w.leaf_index IS NOT NULL)
  AND d."at" >= $since AND d."at" < $until
ORDER BY d.leaf_index

-- question removals_without_evidence: What was taken away before its wording was on record? [promise P4, record before removal; C11, ConnectedCOPS handbook]
SELECT w.leaf_index, w.leaf_hash, w.month, w.account_id, w.post_id, w."at", w.version, w.type,
  w.subject, json_extract_scalar(w.payload, '$.deletion') AS deletion_id, w.reason AS ground
FROM acts w
LEFT JOIN (
  SELECT account_id, subject, json_extract_scalar(payload, '$.deletion') AS deletion_id,
    min("at") AS kept_at
  FROM acts
  WHERE entity = 'deletion' AND type = 'deletion.evidence_kept'
  GROUP BY account_id, subject, json_extract_scalar(payload, '$.deletion')
) e
  ON e.account_id = w.account_id AND e.subject = w.subject
  AND e.deletion_id = json_extract_scalar(w.payload, '$.deletion') AND e.kept_at <= w."at"
WHERE w.entity IN ('deletion', 'publication')
  AND w.type IN ('deletion.done_by_hand', 'publication.withdrawn')
  AND e.kept_at IS NULL AND w."at" >= $since AND w."at" < $until
ORDER BY w.leaf_index

-- question removals_without_leave: What was taken away before somebody else had agreed, although it had not been asked for at once? [C12, ConnectedCOPS handbook]
SELECT w.leaf_index, w.leaf_hash, w.month, w.account_id, w.post_id, w."at", w.version, w.type,
  w.subject, json_extract_scalar(w.payload, '$.deletion') AS deletion_id,
  json_extract_scalar(w.payload, '$.asked_by') AS asked_by
FROM acts w
LEFT JOIN (
  SELECT subject, min("at") AS agreed_at
  FROM acts
  WHERE entity = 'deletion' AND (
    type = 'deletion.approved'
    OR (type = 'deletion.asked' AND json_extract_scalar(payload, '$.at_once') = 'true')
  )
  GROUP BY subject
) g
  ON g.subject = 'deletion:' || json_extract_scalar(w.payload, '$.deletion')
  AND g.agreed_at <= w."at"
WHERE w.entity IN ('deletion', 'publication')
  AND w.type IN ('deletion.done_by_hand', 'publication.withdrawn')
  AND g.agreed_at IS NULL AND w."at" >= $since AND w."at" < $until
ORDER BY w.leaf_index

-- question deletions_unreviewed (hours = 72): What was deleted at once, and nobody else looked at it soon? [C12, ConnectedCOPS handbook]
SELECT d.leaf_index, d.leaf_hash, d.month, d.account_id, d.post_id, d."at", d.subject AS deletion,
  d.actor AS asked_by, d.reason AS ground, min(r."at") AS reviewed_at
FROM acts d
LEFT JOIN acts r
  ON r.entity = 'deletion' AND r.type = 'deletion.reviewed' AND r.subject = d.subject
CROSS JOIN (SELECT max("at") AS known_until FROM acts) k
WHERE d.entity = 'deletion' AND d.type = 'deletion.asked'
  AND json_extract_scalar(d.payload, '$.at_once') = 'true'
  AND d."at" >= $since AND d."at" < $until
GROUP BY d.leaf_index, d.leaf_hash, d.month, d.account_id, d.post_id, d."at", d.subject, d.actor,
  d.reason, k.known_until
HAVING date_diff('millisecond', d."at", coalesce(min(r."at"), k.known_until)) > $hours * 3600000
ORDER BY d.leaf_index

-- question deleted_in_the_app: What did one of ours take away, or change, past this system? [P05, force procedure, Hints, Tips and Other Useful Information; C12, ConnectedCOPS handbook]
SELECT e.leaf_index, e.leaf_hash, e.month, e.account_id, e.post_id, e."at", e.version,
  e.subject AS exception, json_extract_scalar(e.payload, '$.change') AS change,
  json_extract_scalar(e.payload, '$.ground') AS ground,
  json_extract_scalar(e.payload, '$.who') AS who, e.actor AS found_out_by
FROM acts e
WHERE e.entity = 'exception' AND e.type = 'exception.closed'
  AND json_extract_scalar(e.payload, '$.cause') = 'ours'
  AND e."at" >= $since AND e."at" < $until
ORDER BY e.leaf_index

-- question open_exceptions (days = 7): What was gone or altered on a platform, and nobody found out soon how it came about? [P07, force procedure, Hints, Tips and Other Useful Information]
SELECT e.leaf_index, e.leaf_hash, e.month, e.account_id, e.post_id, e."at", e.version,
  e.subject AS exception, json_extract_scalar(e.payload, '$.change') AS change,
  min(c."at") AS closed_at
FROM acts e
LEFT JOIN acts c
  ON c.entity = 'exception' AND c.type = 'exception.closed' AND c.subject = e.subject
CROSS JOIN (SELECT max("at") AS known_until FROM acts) k
WHERE e.entity = 'exception' AND e.type = 'exception.found'
  AND e."at" >= $since AND e."at" < $until
GROUP BY e.leaf_index, e.leaf_hash, e.month, e.account_id, e.post_id, e."at", e.version, e.subject,
  json_extract_scalar(e.payload, '$.change'), k.known_until
HAVING date_diff('millisecond', e."at", coalesce(min(c."at"), k.known_until)) > $days * 86400000
ORDER BY e.leaf_index

-- question open_drifts (days = 7): What stood on an account that was not from us, or had to be confirmed, and nobody said soon how it came about? [P07, force procedure, Hints, Tips and Other Useful Information]
SELECT d.leaf_index, d.leaf_hash, d.month, d.account_id, d.post_id, d."at",
  d.subject AS drift, d.platform, d.reason AS kind,
  min(a."at") FILTER (WHERE a.type = 'drift.acknowledged') AS acknowledged_at,
  min(a."at") FILTER (WHERE a.type = 'drift.ended') AS ended_at,
  min(a."at") FILTER (WHERE a.type = 'drift.closed') AS closed_at
FROM acts d
LEFT JOIN acts a
  ON a.entity = 'drift' AND a.subject = d.subject
  AND a.type IN ('drift.acknowledged', 'drift.closed', 'drift.ended')
CROSS JOIN (SELECT max("at") AS known_until FROM acts) k
WHERE d.entity = 'drift' AND d.type = 'drift.found'
  AND d."at" >= $since AND d."at" < $until
GROUP BY d.leaf_index, d.leaf_hash, d.month, d.account_id, d.post_id, d."at", d.subject, d.platform,
  d.reason, k.known_until
HAVING date_diff('millisecond', d."at", coalesce(
  min(a."at") FILTER (WHERE a.type = 'drift.closed'), k.known_until)) > $days * 86400000
ORDER BY d.leaf_index

-- question takedowns_without_rule: Which comment was taken down on no house rule, without why, or under an account that had none? [C05, C07, ConnectedCOPS handbook]
SELECT t.leaf_index, t.leaf_hash, t.month, t.account_id, t.post_id, t."at", t.subject AS takedown,
  t.platform, t.actor AS asked_by, t.reason AS rule, json_extract_scalar(t.payload, '$.why') AS why
FROM acts t
WHERE t.entity = 'takedown' AND t.type = 'takedown.asked'
  AND (
    coalesce(t.reason, '') NOT IN (
      'illegal', 'offensive', 'personal-data', 'prejudicial', 'spam', 'threat'
    )
    OR trim(coalesce(json_extract_scalar(t.payload, '$.why'), '')) = ''
    OR trim(coalesce(json_extract_scalar(t.payload, '$.house_rules'), '')) = ''
  )
  AND t."at" >= $since AND t."at" < $until
ORDER BY t.leaf_index

-- question takedowns_without_evidence: Which comment was taken down before it was on record what it said? [promise P4, record before removal; C02, force procedure, Hints, Tips and Other Useful Information]
SELECT t.leaf_index, t.leaf_hash, t.month, t.account_id, t.post_id, t."at", t.subject AS takedown,
  t.platform, t.actor, json_extract_scalar(t.payload, '$.deed') AS deed
FROM acts t
LEFT JOIN (
  SELECT subject, min("at") AS kept_at
  FROM acts
  WHERE entity = 'takedown' AND type = 'takedown.evidence_kept'
  GROUP BY subject
) e ON e.subject = t.subject AND e.kept_at <= t."at"
WHERE t.entity = 'takedown' AND t.type = 'takedown.done' AND e.kept_at IS NULL
  AND json_extract(t.payload, '$.sealed') IS NULL
  AND t."at" >= $since AND t."at" < $until
ORDER BY t.leaf_index

-- question own_appeal_decisions: Who decided about an appeal against a takedown that they had asked for? [B26, house rules of public bodies]
SELECT t.leaf_index, t.leaf_hash, t.month, t.account_id, t.post_id, t."at", t.subject AS takedown,
  t.platform, t.actor AS decided_by, json_extract_scalar(t.payload, '$.upheld') AS upheld
FROM acts t
WHERE t.entity = 'takedown' AND t.type = 'takedown.appeal_decided'
  AND t.actor = json_extract_scalar(t.payload, '$.asked_by')
  AND t."at" >= $since AND t."at" < $until
ORDER BY t.leaf_index

-- question overdue_appeals (days = 7): Which appeal for somebody, or for witnesses, was left standing after its last day? [T07, ConnectedCOPS handbook]
SELECT p.leaf_index, p.leaf_hash, p.month, p.account_id, substr(p.subject, 8) AS post_id, p."at",
  p.ends_on, p.over_at
FROM (
  SELECT subject, max(account_id) AS account_id,
    max_by(CAST(coalesce(json_extract_scalar(payload, '$.until'),
      json_extract_scalar(payload, '$.ends_on')) AS DATE), leaf_index)
      FILTER (WHERE type IN ('appeal.extended', 'appeal.opened')) AS ends_on,
    min("at") FILTER (WHERE type IN ('appeal.closed', 'appeal.found')) AS over_at,
    max("at") FILTER (WHERE type IN ('appeal.extended', 'appeal.opened')) AS "at",
    max_by(month, leaf_index) FILTER (WHERE type IN ('appeal.extended', 'appeal.opened')) AS month,
    max(leaf_index) FILTER (WHERE type IN ('appeal.extended', 'appeal.opened')) AS leaf_index,
    max_by(leaf_hash, leaf_index)
      FILTER (WHERE type IN ('appeal.extended', 'appeal.opened')) AS leaf_hash
  FROM acts
  WHERE entity = 'appeal'
  GROUP BY subject
) p
CROSS JOIN (SELECT max("at") AS known_until FROM acts) k
WHERE date_diff('day', p.ends_on, CAST(coalesce(p.over_at, k.known_until) AS DATE)) > $days
  AND p."at" >= $since AND p."at" < $until
ORDER BY p.leaf_index

-- question withdrawn_pictures: What went out with a picture after somebody shown in it had taken their consent back? [N30, M01, ConnectedCOPS handbook; B24, UK GDPR]
SELECT a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version, a.type,
  a.subject, min(s.withdrawn_at) AS withdrawn_at, min(s.consent) AS consent
FROM acts a
JOIN versions v
  ON v.account_id = a.account_id AND v.post_id = a.post_id AND v.version = a.version
JOIN (
  SELECT w.leaf_index, json_extract_scalar(
    w.payload, '$.pictures[' || CAST(t.n AS VARCHAR) || '].sha256') AS picture
  FROM acts w
  CROSS JOIN UNNEST(sequence(0, 19)) AS t(n)
  WHERE w.entity = 'post' AND w.payload LIKE '%"pictures":[%'
    AND t.n < coalesce(json_array_length(json_extract(w.payload, '$.pictures')), 0)
) m ON m.leaf_index = v.leaf_index
JOIN (
  SELECT c.withdrawn_at, c.consent, json_extract_scalar(p.payload, '$.sha256') AS picture
  FROM (
    SELECT w."at" AS withdrawn_at, w.subject AS consent, 'picture:' || json_extract_scalar(
      w.payload, '$.pictures[' || CAST(t.n AS VARCHAR) || ']') AS subject
    FROM acts w
    CROSS JOIN UNNEST(sequence(0, 199)) AS t(n)
    WHERE w.entity = 'consent' AND w.type = 'consent.withdrawn'
      AND t.n < coalesce(json_array_length(json_extract(w.payload, '$.pictures')), 0)
  ) c
  JOIN acts p ON p.entity = 'picture' AND p.type = 'picture.taken_in' AND p.subject = c.subject
) s ON s.picture = m.picture AND s.withdrawn_at < a."at"
WHERE a.entity IN ('post', 'publication') AND a.type IN ('post.released', 'publication.claimed')
  AND a."at" >= $since AND a."at" < $until
GROUP BY a.leaf_index, a.leaf_hash, a.month, a.account_id, a.post_id, a."at", a.version, a.type,
  a.subject
ORDER BY a.leaf_index

-- question own_consents: Who countersigned a consent that they had obtained themselves? [M03, ConnectedCOPS handbook]
SELECT c.leaf_index, c.leaf_hash, c.month, c.account_id, c.post_id, c."at", c.subject AS consent,
  c.actor AS countersigned_by, json_extract_scalar(c.payload, '$.rank') AS rank
FROM acts c
JOIN acts o ON o.entity = 'consent' AND o.type = 'consent.recorded' AND o.subject = c.subject
WHERE c.entity = 'consent' AND c.type = 'consent.countersigned' AND c.actor = o.actor
  AND c."at" >= $since AND c."at" < $until
ORDER BY c.leaf_index

-- question own_erasures: Which text was erased by one person alone? [UK GDPR, article 5(2); ADR 0022]
SELECT e.leaf_index, e.leaf_hash, e.month, e.account_id, e.post_id, e."at", e.type, e.subject,
  e.actor AS asked_by, e.approver AS approved_by, e.reason AS ground
FROM acts e
WHERE e.entity = 'erasure' AND e.type IN ('erasure.approved', 'erasure.done')
  AND coalesce(e.approver, e.actor) = e.actor AND e."at" >= $since AND e."at" < $until
ORDER BY e.leaf_index

-- question own_holds: Which legal hold was placed, or ended, on the word of one person alone? [ADR 0028]
SELECT h.leaf_index, h.leaf_hash, h.month, h.account_id, h.post_id, h."at", h.type, h.subject,
  h.actor AS asked_by, h.approver AS approved_by, h.reason AS cause,
  json_extract_scalar(h.payload, '$.reference') AS reference
FROM acts h
WHERE h.entity = 'hold'
  AND h.type IN ('hold.approved', 'hold.placed', 'hold.release_approved', 'hold.released')
  AND coalesce(h.approver, h.actor) = h.actor AND h."at" >= $since AND h."at" < $until
ORDER BY h.leaf_index

-- question own_policies: Which policy was approved by whoever had proposed it? [G05, G06, force policy, Social Media]
SELECT p.leaf_index, p.leaf_hash, p.month, p.account_id, p.post_id, p."at", p.subject,
  p.actor AS proposed_by, p.approver AS approved_by,
  json_extract_scalar(p.payload, '$.policy_version') AS policy_version
FROM acts p
WHERE p.entity = 'policy' AND p.type = 'policy.approved'
  AND coalesce(p.approver, p.actor) = p.actor AND p."at" >= $since AND p."at" < $until
ORDER BY p.leaf_index

-- question late_seals (days = 3): Which month was sealed late? [P08, force procedure, Hints, Tips and Other Useful Information]
SELECT s.leaf_index, s.leaf_hash, s.month, s.account_id, s.post_id, s."at",
  substr(s.subject, 7) AS sealed_month, json_extract_scalar(s.payload, '$.bag') AS bag
FROM acts s
WHERE s.entity = 'month' AND s.type = 'month.sealed'
  AND date_diff('millisecond',
    CAST(substr(s.subject, 7) || '-01 00:00:00' AS TIMESTAMP) + INTERVAL '1' MONTH, s."at")
    > $days * 86400000
  AND s."at" >= $since AND s."at" < $until
ORDER BY s.leaf_index
