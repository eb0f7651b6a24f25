-- Month by month: pages captured, how many hold a wording of severity error or warning, and how many wordings are new.
WITH first_seen AS (
    SELECT host, rule, fingerprint, date_trunc('month', min(capture_time)) AS month
    FROM findings WHERE suppressed IS NULL GROUP BY host, rule, fingerprint
), new AS (SELECT month, count(*) AS new_wordings FROM first_seen GROUP BY month)
SELECT strftime(month, '%Y-%m') AS month, pages, hosts, with_error, round(100.0 * with_error / pages, 1) AS error_percent,
    with_warning, coalesce(new_wordings, 0) AS new_wordings
FROM (
    SELECT date_trunc('month', capture_time) AS month, count(*) AS pages, count(DISTINCT host) AS hosts,
        count(*) FILTER (error > 0) AS with_error, count(*) FILTER (warning > 0) AS with_warning
    FROM pages GROUP BY month
) LEFT JOIN new USING (month)
ORDER BY month NULLS FIRST
