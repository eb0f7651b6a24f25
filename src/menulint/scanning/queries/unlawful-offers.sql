-- What a seller says that is prohibited whatever the evidence, by law of high confidence: one row for each wording of a host,
-- its first capture. `finding_id` is what menulint evidence takes; `silenced` is the reason a comment in the page gives.
SELECT host, rule, arg_min(text, first) AS text, list_sort(list(DISTINCT code)) AS places, count(DISTINCT url) AS urls,
    min(capture_time) AS captured, arg_min(url, first) AS url, arg_min(finding_id, first) AS finding_id,
    any_value(suppressed) AS silenced
FROM (SELECT *, (coalesce(capture_time, '9999-01-01'::TIMESTAMP), finding_id) AS first FROM places)
WHERE raises AND verdict = 'prohibited' AND severity = 'error' AND confidence = 'high' AND speaker = 'seller'
GROUP BY host, rule, lower(text) ORDER BY host, rule, text, finding_id
