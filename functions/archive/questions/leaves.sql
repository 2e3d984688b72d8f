-- One row for every line of a month's records, in the order that questions read them.
-- The lines come with their part and their place in it (derive.py); $entity is their folder.
WITH placed AS (
  -- The seams cannot stand within a text (shared/months/lines.py), so the first of each is the one.
  SELECT *, strpos(line, ',"leaf_index":') AS middle, strpos(line, ',"payload":') AS behind
  FROM ({lines})
), cut AS (
  SELECT
    part,
    line_offset,
    substr(line, 13, middle - 13) AS envelope,
    CAST(substr(line, middle + 14, behind - middle - 14) AS BIGINT) AS leaf_index,
    -- Behind the payload: `,"salt":null}`, or `,"salt":"`, 44 characters of base64, `"}`.
    substr(line, behind + 11, length(line) - behind - 10
      - CASE WHEN ends_with(line, ',"salt":null}') THEN 13 ELSE 55 END) AS payload
  FROM placed
), said AS (
  SELECT
    *,
    json_transform_strict(envelope, '{
      "account": "VARCHAR", "actor": "VARCHAR", "approver": "VARCHAR", "at": "VARCHAR",
      "id": "VARCHAR", "reason": "VARCHAR", "subject": "VARCHAR", "type": "VARCHAR"
    }') AS e,
    json_extract_string(payload, [
      '$.text', '$.text_read_back', '$.published', '$.shown', '$.cleared', '$.platform', '$.post'
    ]) AS p
  FROM cut
), named AS (
  -- post:<id>@v<version>/<platform>#<part of a thread>, the last two where it has any.
  SELECT *,
    CASE WHEN starts_with(e.subject, 'post:') THEN strpos(e.subject, '@v') ELSE 0 END AS sign,
    strpos(e.subject, '/') AS slash
  FROM said
)
SELECT
  leaf_index,
  sha256('\x00'::BLOB || encode(envelope)) AS leaf_hash,
  e.id AS leaf_id,
  e.type AS type,
  CAST($entity AS VARCHAR) AS entity,
  e.account AS account_id,
  e.subject AS subject,
  CASE WHEN sign > 0 THEN substr(e.subject, 6, sign - 6) ELSE split_part(p[7], '-', 1) END
    AS post_id,
  TRY_CAST(
    CASE
      WHEN sign > 0 AND slash > 0 THEN substr(e.subject, sign + 2, slash - sign - 2)
      WHEN sign > 0 THEN substr(e.subject, sign + 2)
      ELSE split_part(p[7], '-', 2)
    END AS INTEGER
  ) AS version,
  CASE
    WHEN slash = 0 THEN p[6]
    WHEN contains(e.subject, '#') THEN split_part(substr(e.subject, slash + 1), '#', 1)
    ELSE substr(e.subject, slash + 1)
  END AS platform,
  e.actor AS actor,
  e.approver AS approver,
  e.reason AS reason,
  CAST(e."at" AS TIMESTAMP_MS) AS "at",
  part,
  line_offset,
  nullif(
    concat_ws(
      chr(10),
      p[1],
      CASE WHEN contains(payload, '"thread":[')
        THEN array_to_string(json_extract_string(payload, '$.thread[*]'), chr(10)) END,
      CASE WHEN contains(payload, '"variants":{')
        THEN array_to_string(json_extract_string(payload, '$.variants.*'), chr(10)) END,
      p[2],
      p[3],
      p[4],
      CASE WHEN p[5] IS DISTINCT FROM p[4] THEN p[5] END
    ),
    ''
  ) AS text,
  payload
FROM named
ORDER BY account_id, "at", leaf_index
