-- What each place makes of what was found. `raised` findings are on pages that point to the place (or, where a page points
-- nowhere, by the reference set); the others only would be under its law.
SELECT code, verdict, confidence, count(*) FILTER (raises) AS raised, count(DISTINCT host) FILTER (raises) AS raised_hosts,
    count(*) AS findings, count(DISTINCT host) AS hosts, count(DISTINCT rule) AS rules
FROM places WHERE suppressed IS NULL
GROUP BY code, verdict, confidence ORDER BY raised DESC, findings DESC, code, verdict, confidence
