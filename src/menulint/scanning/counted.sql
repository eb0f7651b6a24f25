-- Captures, and the findings that count, of the views pages and findings. Variables: places, rules, hosts (lists; empty for all),
-- severity and confidence (the least ones, as ranks), mirror_words.

CREATE TEMP MACRO severity_rank(name) AS list_position(['info', 'warning', 'error'], name);
CREATE TEMP MACRO confidence_rank(name) AS list_position(['low', 'medium', 'high'], name);
CREATE TEMP MACRO verdict_rank(name) AS list_position(['advice', 'needs-evidence', 'prohibited'], name);

CREATE TEMP TABLE site_of_host AS SELECT host, site, regexp_replace(host, '^www\.', '') AS bare_host FROM sites;

CREATE TEMP TABLE capture AS
SELECT *,
    words > 0 AND first_here <> page_id AS copied,
    words >= getvariable('mirror_words') AND site <> '' AND first_site <> site AS mirrored
FROM (
    SELECT page_id, host, site, url, coalesce(nullif(url, ''), page_id) AS address, capture_time, capture_by, payload_sha256, words,
        language, jurisdictions,
        first_value(page_id) OVER (PARTITION BY site, copy_sha256 ORDER BY capture_time NULLS LAST, page_id) AS first_here,
        first_value(site) OVER (PARTITION BY site = '', copy_sha256 ORDER BY capture_time NULLS LAST, page_id) AS first_site
    FROM (SELECT DISTINCT ON (page_id) * FROM pages ORDER BY page_id) JOIN site_of_host USING (host)
    WHERE len(getvariable('hosts')) = 0 OR list_contains(getvariable('hosts'), site)
        OR list_contains(getvariable('hosts'), bare_host)
);

CREATE TEMP TABLE judged AS
SELECT f.*, site, address, mirrored, first_site,
    CASE WHEN len(getvariable('places')) = 0 THEN list_filter(f.jurisdictions, lambda law: law.raises)
        ELSE list_filter(f.jurisdictions, lambda law: list_contains(getvariable('places'), law.code)) END AS raising
FROM (SELECT DISTINCT ON (finding_id) * FROM findings ORDER BY finding_id) AS f
JOIN (SELECT page_id, site, address, mirrored, first_site FROM capture) USING (page_id);

-- Under the law of chosen places a finding weighs what they make of it, not what its own page's place does.
CREATE TEMP TABLE counted AS
SELECT * FROM (
    SELECT * EXCLUDE (verdict, severity, confidence),
        CASE WHEN len(getvariable('places')) = 0 THEN verdict ELSE worst.verdict END AS verdict,
        CASE WHEN len(getvariable('places')) = 0 THEN severity ELSE worst.severity END AS severity,
        CASE WHEN len(getvariable('places')) = 0 THEN confidence ELSE worst.confidence END AS confidence
    FROM (
        SELECT *, list_max(list_transform(raising, lambda law: {
            'a': severity_rank(law.severity), 'b': verdict_rank(law.verdict), 'c': confidence_rank(law.confidence),
            'severity': law.severity, 'verdict': law.verdict, 'confidence': law.confidence})) AS worst
        FROM judged WHERE suppressed IS NULL AND (len(getvariable('places')) = 0 OR len(raising) > 0)
    )
)
WHERE severity_rank(severity) >= getvariable('severity') AND confidence_rank(confidence) >= getvariable('confidence')
    AND (len(getvariable('rules')) = 0 OR list_contains(getvariable('rules'), rule));
