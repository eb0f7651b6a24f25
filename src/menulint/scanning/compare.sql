-- What compare.py reads of one store, on top of counted.sql: the latest capture of each page, and its findings in one row.

CREATE TEMP TABLE latest AS
SELECT regexp_replace(regexp_replace(coalesce(nullif(url, ''), "input" || ':' || "offset"), '^https?://(www\.)?', ''), '/$', '') AS key,
    site, url, page_id, payload_sha256, copy_sha256, words
FROM (SELECT * FROM capture JOIN (SELECT DISTINCT ON (page_id) page_id, copy_sha256, "input", "offset" FROM pages) USING (page_id))
QUALIFY row_number() OVER (PARTITION BY key ORDER BY capture_time DESC NULLS LAST, page_id) = 1;

CREATE TEMP VIEW latest_pages AS
SELECT key, site, url, payload_sha256 AS payload, CASE WHEN words > 0 THEN copy_sha256 ELSE '' END AS copy, coalesce(found, []) AS found
FROM latest LEFT JOIN (
    SELECT page_id, list({
        'rule': rule, 'name': name, 'category': category, 'verdict': verdict, 'severity': severity, 'confidence': confidence,
        'text': text, 'before': before, 'after': after, 'fingerprint': fingerprint, 'finding_id': finding_id
    } ORDER BY rule, "start", finding_id) AS found
    FROM counted JOIN (SELECT page_id FROM latest) USING (page_id) GROUP BY page_id
) USING (page_id)
ORDER BY key;
