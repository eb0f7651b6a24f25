-- What a seller says that is prohibited whatever the evidence, by law of high confidence: one row for each wording of a host,
-- its first capture. `judged_by` is what says whose law it is: `reference` where nothing does, so find that out first. `finding_id`
-- is what menulint evidence takes; `silenced` is the reason a comment in the page gives.
SELECT host, rule, arg_min(text, first) AS text, list_sort(list(DISTINCT code)) AS places, arg_min(judged_by, first) AS judged_by, count(DISTINCT url) AS urls,
    min(capture_time) AS captured, arg_min(url, first) AS url, arg_min(finding_id, first) AS finding_id,
    any_value(suppressed) AS silenced
FROM (SELECT *, (coalesce(capture_time, '9999-01-01'::TIMESTAMP), finding_id) AS first
    FROM places JOIN (SELECT page_id, any_value(judged_by) AS judged_by FROM pages GROUP BY page_id) USING (page_id))
WHERE raises AND verdict = 'prohibited' AND severity = 'error' AND confidence = 'high' AND speaker = 'seller'
GROUP BY host, rule, lower(text) ORDER BY host, rule, text, finding_id
