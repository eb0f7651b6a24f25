-- What a report shows, made of the tables of counted.sql.

CREATE TEMP TABLE claim AS
SELECT shown.*, pages, captures, first, last, CASE WHEN own THEN '' ELSE first_site END AS mirror_of
FROM (
    SELECT site, rule, name, category, verdict, severity, confidence, message, text, before, after, url, capture_time AS captured,
        section, language, boilerplate AS in_frame, raising, finding_id, page_id, fingerprint, first_site
    FROM counted
    QUALIFY row_number() OVER (
        PARTITION BY site, rule, fingerprint ORDER BY severity_rank(severity) DESC, capture_time NULLS LAST, finding_id) = 1
) AS shown
JOIN (
    SELECT site, rule, fingerprint, count(DISTINCT address) AS pages, count(DISTINCT page_id) AS captures,
        min(capture_time) AS first, max(capture_time) AS last, bool_or(NOT mirrored) AS own
    FROM counted GROUP BY ALL
) USING (site, rule, fingerprint);

CREATE TEMP VIEW claim_rows AS
SELECT site, rule, name, category, verdict, severity, confidence, message, text, before, after, url, captured, section, language,
    in_frame, list_transform(raising, lambda law:
        {'code': law.code, 'verdict': law.verdict, 'severity': law.severity, 'confidence': law.confidence,
            'provisions': law.provisions}) AS rulings,
    pages, captures, first, last, mirror_of, finding_id, page_id
FROM claim
ORDER BY severity_rank(severity) DESC, confidence_rank(confidence) DESC, pages DESC, site, rule, captured NULLS LAST, finding_id;

CREATE TEMP TABLE place_of_site AS
SELECT site, code FROM (
    SELECT site, code, count(DISTINCT payload_sha256) AS votes, max(count(DISTINCT payload_sha256)) OVER (PARTITION BY site) AS most
    FROM (SELECT site, payload_sha256, unnest(jurisdictions) AS code FROM capture) WHERE code <> 'all' GROUP BY site, code
) WHERE votes * 2 >= most;

CREATE TEMP VIEW site_rows AS
SELECT site, seen.pages, seen.captures, coalesce(affected, 0) AS affected, coalesce(error, 0) AS error,
    coalesce(warning, 0) AS warning, coalesce(info, 0) AS info, mirrored, coalesce(codes, []) AS jurisdictions, languages, first, last
FROM (
    SELECT site, count(DISTINCT address) AS pages, count(*) AS captures, count(*) FILTER (mirrored) AS mirrored,
        list_sort(list(DISTINCT language) FILTER (language <> '')) AS languages, min(capture_time) AS first, max(capture_time) AS last
    FROM capture GROUP BY site
) AS seen
LEFT JOIN (SELECT site, count(DISTINCT address) AS affected FROM counted GROUP BY site) USING (site)
LEFT JOIN (
    SELECT site, count(*) FILTER (severity = 'error') AS error, count(*) FILTER (severity = 'warning') AS warning,
        count(*) FILTER (severity = 'info') AS info
    FROM claim GROUP BY site
) USING (site)
LEFT JOIN (SELECT site, list_sort(list(code)) AS codes FROM place_of_site GROUP BY site) USING (site)
ORDER BY error DESC, warning DESC, info DESC, affected DESC, site;

CREATE TEMP VIEW rule_rows AS
SELECT rule, any_value(name), any_value(category), arg_max(severity, severity_rank(severity)), count(DISTINCT site) AS sites,
    count(DISTINCT address), count(DISTINCT (site, fingerprint)) AS claims
FROM counted GROUP BY rule ORDER BY sites DESC, claims DESC, rule;

CREATE TEMP VIEW wording_rows AS
SELECT arg_min(text, (coalesce(capture_time, '9999-01-01'::TIMESTAMP), finding_id)), rule, arg_max(severity, severity_rank(severity)),
    count(DISTINCT site) AS sites, count(DISTINCT address) AS pages
FROM counted WHERE NOT mirrored
GROUP BY regexp_replace(lower(text), '\s+', ' ', 'g'), rule ORDER BY sites DESC, pages DESC, rule, 1;

CREATE TEMP VIEW cell_rows AS
SELECT category, code, count(DISTINCT site) AS sites, count(*) AS claims
FROM (SELECT site, category, rule, fingerprint, unnest(list_distinct(list_transform(raising, lambda law: law.code))) AS code FROM claim)
GROUP BY category, code ORDER BY category, code;

CREATE TEMP VIEW language_rows AS
SELECT language, captures, sites, coalesce(claims, 0) FROM (
    SELECT language, count(*) AS captures, count(DISTINCT site) AS sites FROM capture GROUP BY language
) LEFT JOIN (SELECT language, count(DISTINCT (site, rule, fingerprint)) AS claims FROM counted GROUP BY language) USING (language)
ORDER BY captures DESC, language;

CREATE TEMP TABLE dated AS
SELECT capture_time::DATE AS day, coalesce(severity, 'clean') AS worst, capture_by
FROM capture LEFT JOIN (
    SELECT page_id, arg_max(severity, severity_rank(severity)) AS severity FROM counted GROUP BY page_id
) USING (page_id);

CREATE TEMP VIEW day_rows AS
SELECT day, count(*) FILTER (worst = 'error'), count(*) FILTER (worst = 'warning'), count(*) FILTER (worst = 'info'),
    count(*) FILTER (worst = 'clean')
FROM dated WHERE year(day) BETWEEN 1990 AND 2100 GROUP BY day ORDER BY day;

-- The content analysis: sites with copy of their own; what stands on mirrored pages only is counted where it was first.
CREATE TEMP TABLE population AS
SELECT site, bool_or(words > 0 AND NOT mirrored) AS own, bool_or(words > 0) AS speaks FROM capture WHERE site <> '' GROUP BY site;

CREATE TEMP VIEW names_read AS
SELECT DISTINCT site, bare_host FROM capture JOIN site_of_host USING (host, site) WHERE host <> '';

CREATE TEMP TABLE making AS
SELECT DISTINCT site, category, rule, law.code AS code
FROM counted, unnest(raising) AS laws(law) WHERE NOT mirrored AND site IN (SELECT site FROM population WHERE own);

CREATE TEMP VIEW category_shares AS
SELECT category, count(DISTINCT site) AS n FROM making GROUP BY category ORDER BY n DESC, category;

CREATE TEMP VIEW rule_shares AS
SELECT rule, count(DISTINCT site) AS n FROM making GROUP BY rule ORDER BY n DESC, rule;

CREATE TEMP VIEW place_populations AS
SELECT code, count(*) AS n FROM place_of_site JOIN population USING (site) WHERE own GROUP BY code ORDER BY n DESC, code;

CREATE TEMP VIEW place_shares AS
SELECT code, category, count(DISTINCT site) AS n FROM making JOIN place_of_site USING (site, code)
GROUP BY code, category ORDER BY code, n DESC, category;

CREATE TEMP VIEW total_row AS
SELECT (SELECT count(*) FROM capture), (SELECT count(DISTINCT address) FROM capture), (SELECT count(DISTINCT site) FROM capture),
    (SELECT count(DISTINCT site) FROM claim), (SELECT count(*) FROM capture WHERE copied), (SELECT count(*) FROM capture WHERE mirrored),
    (SELECT count(*) FROM judged), (SELECT count(*) FROM judged WHERE suppressed IS NOT NULL),
    (SELECT count(*) FROM judged WHERE suppressed IS NULL) - (SELECT count(*) FROM counted),
    (SELECT count(*) FROM claim), (SELECT count(*) FROM claim WHERE severity = 'error'),
    (SELECT count(*) FROM claim WHERE severity = 'warning'), (SELECT count(*) FROM claim WHERE severity = 'info'),
    (SELECT count(*) FROM claim WHERE mirror_of <> ''), (SELECT count(*) FROM capture WHERE site = ''),
    (SELECT count(*) FROM pages SEMI JOIN capture USING (page_id)) - (SELECT count(*) FROM capture);
