-- For each rule the hosts that break it: different wordings, addresses, since when, and a finding to look at.
SELECT rule, any_value(name) AS name, host, count(DISTINCT fingerprint) AS wordings, count(DISTINCT url) AS urls,
    min(capture_time) AS first_seen, max(capture_time) AS last_seen,
    arg_min(text, (coalesce(capture_time, '9999-01-01'::TIMESTAMP), finding_id)) AS text,
    arg_min(finding_id, (coalesce(capture_time, '9999-01-01'::TIMESTAMP), finding_id)) AS example
FROM findings WHERE suppressed IS NULL
GROUP BY rule, host ORDER BY rule, urls DESC, wordings DESC, host
