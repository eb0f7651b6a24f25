-- The tables of summary.py, from the views pages and findings and the tables of votes.sql. What begins with a dollar sign is a number set there.

CREATE TEMP TABLE led AS
SELECT page_id, host, capture_time, signature, words,
    first_value(page_id) OVER (PARTITION BY host, payload_sha256 ORDER BY capture_time NULLS LAST, page_id) AS by_payload,
    first_value(page_id) OVER (PARTITION BY host, copy_sha256 ORDER BY capture_time NULLS LAST, page_id) AS by_copy
FROM (SELECT DISTINCT ON (page_id) * FROM pages);

CREATE TEMP TABLE distinct_copy AS
SELECT page_id, host, capture_time, signature FROM led WHERE page_id = by_copy AND len(signature) = $length;

CREATE TEMP TABLE banded AS
SELECT DISTINCT page_id, first_value(page_id) OVER (PARTITION BY host, band, key ORDER BY capture_time NULLS LAST, page_id) AS lead
FROM (
    SELECT page_id, host, capture_time, band, signature[band * $band_length + 1 : (band + 1) * $band_length] AS key
    FROM distinct_copy, range($bands) AS bands(band)
);

CREATE TEMP TABLE near AS
SELECT page_id, lead, similarity FROM (
    SELECT banded.page_id, lead, list_sum(list_transform(
        list_zip(own.signature, other.signature), lambda pair: (pair[1] = pair[2])::INTEGER)) / $length AS similarity
    FROM banded
    JOIN distinct_copy AS own ON own.page_id = banded.page_id
    JOIN distinct_copy AS other ON other.page_id = lead
    WHERE banded.page_id <> lead
)
WHERE similarity >= $similar
QUALIFY row_number() OVER (PARTITION BY page_id ORDER BY similarity DESC, lead) = 1;

CREATE TEMP TABLE copies AS
SELECT page_id, by_payload AS copy_of, 'payload' AS kind, 1.0::FLOAT AS similarity FROM led WHERE page_id <> by_payload
UNION ALL SELECT page_id, by_copy, 'copy', 1.0::FLOAT FROM led WHERE page_id = by_payload AND page_id <> by_copy AND words > 0
UNION ALL SELECT page_id, lead, 'near', similarity::FLOAT FROM near;

CREATE TEMP TABLE counted AS
SELECT host, count(*) AS pages, count(DISTINCT url) AS urls, min(capture_time) AS first_capture, max(capture_time) AS last_capture,
    count(*) - count(DISTINCT page_id) AS read_again
FROM pages GROUP BY host;

CREATE TEMP TABLE claims AS
SELECT f.host, rule, fingerprint, any_value(category) AS category,
    arg_min(text, (coalesce(capture_time, '9999-01-01'::TIMESTAMP), finding_id)) AS text,
    ['info', 'warning', 'error'][max(list_position(['info', 'warning', 'error'], severity))] AS severity,
    count(DISTINCT url) AS urls, count(*) AS captures,
    count(copies.page_id) + count(*) FILTER (copies.page_id IS NULL) - count(DISTINCT finding_id) FILTER (copies.page_id IS NULL) AS copies,
    min(capture_time) AS first_capture, max(capture_time) AS last_capture, bool_and(boilerplate) AS in_frame,
    count(DISTINCT url) >= greatest($repeated_pages, $repeated_share * any_value(counted.urls)) AS repeated,
    arg_min(finding_id, (coalesce(capture_time, '9999-01-01'::TIMESTAMP), finding_id)) AS finding_id
FROM findings AS f JOIN counted ON counted.host = f.host
LEFT JOIN copies ON copies.page_id = f.page_id AND copies.kind <> 'near'
GROUP BY f.host, rule, fingerprint;

CREATE TEMP TABLE signalled AS
SELECT host, list(signal ORDER BY many DESC, signal)[1:6] AS signals FROM (
    SELECT host, signal, count(*) AS many
    FROM (SELECT host, unnest(jurisdictions_by) AS signal FROM pages) GROUP BY host, signal
) GROUP BY host;

CREATE TEMP TABLE spoken AS
SELECT host, list(language ORDER BY many DESC, language) AS languages FROM (
    SELECT host, language, count(*) AS many FROM pages WHERE language <> '' GROUP BY host, language
) GROUP BY host;

CREATE TEMP TABLE hosts AS
SELECT counted.*, site_of(host) AS site, coalesce(copied.copies, 0) + read_again AS copies, coalesce(near_copies, 0) AS near_copies,
    coalesce(found.findings, 0) AS findings, coalesce(found.claims, 0) AS claims,
    coalesce(chief_places(votes), []) AS jurisdictions, coalesce(votes, []) AS votes, coalesce(signals, []) AS signals, coalesce(languages, []) AS languages
FROM counted
LEFT JOIN voted USING (host) LEFT JOIN signalled USING (host) LEFT JOIN spoken USING (host)
LEFT JOIN (SELECT host, sum(captures) AS findings, count(*) AS claims FROM claims GROUP BY host) AS found USING (host)
LEFT JOIN (
    SELECT host, count(*) FILTER (kind <> 'near') AS copies, count(*) FILTER (kind = 'near') AS near_copies
    FROM copies JOIN led USING (page_id) GROUP BY host
) AS copied USING (host);
