-- Wordings, case aside, by how many sites use them; `example` is the finding to look at.
SELECT lower(text) AS wording, rule, count(DISTINCT site) AS sites, count(DISTINCT url) AS urls,
    min(capture_time) AS first_seen, max(capture_time) AS last_seen, min(finding_id) AS example
FROM findings JOIN sites USING (host) WHERE suppressed IS NULL
GROUP BY wording, rule ORDER BY sites DESC, urls DESC, wording, rule
