-- Sites, the worst first: hosts of one registrable domain count as one. How many different prohibited wordings stand there, and on
-- how many addresses; copies of a page count once, `silenced` are findings that a comment in the page itself would hide.
SELECT site, hosts, urls, urls_with_error, round(100.0 * urls_with_error / urls, 1) AS error_percent,
    errors, warnings, rules, silenced, first_seen, last_seen
FROM (
    SELECT site, count(DISTINCT url) FILTER (severity = 'error') AS urls_with_error,
        count(DISTINCT fingerprint) FILTER (severity = 'error') AS errors,
        count(DISTINCT fingerprint) FILTER (severity = 'warning') AS warnings,
        count(DISTINCT rule) AS rules, count(*) FILTER (suppressed IS NOT NULL) AS silenced,
        min(capture_time) AS first_seen, max(capture_time) AS last_seen
    FROM findings JOIN sites USING (host) GROUP BY site
) JOIN (
    SELECT site, count(DISTINCT host) AS hosts, count(DISTINCT url) AS urls FROM pages JOIN sites USING (host) GROUP BY site
) USING (site)
ORDER BY errors DESC, urls_with_error DESC, warnings DESC, site
