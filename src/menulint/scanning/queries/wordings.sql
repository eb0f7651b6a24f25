-- Wordings, case aside, by how many hosts use them; `example` is the finding to look at.
SELECT lower(text) AS wording, rule, count(DISTINCT host) AS hosts, count(DISTINCT url) AS urls,
    min(capture_time) AS first_seen, max(capture_time) AS last_seen, min(finding_id) AS example
FROM findings WHERE suppressed IS NULL
GROUP BY wording, rule ORDER BY hosts DESC, urls DESC, wording, rule
