-- Pages that were captured more than once with the same visible copy, also on other hosts.
SELECT count(*) AS captures, count(DISTINCT url) AS urls, count(DISTINCT host) AS hosts,
    count(DISTINCT payload_sha256) AS payloads, any_value(title ORDER BY page_id) AS title, min(url) AS example_url,
    min(capture_time) AS first_seen, max(capture_time) AS last_seen, max(error) AS errors, copy_sha256
FROM pages WHERE words > 0
GROUP BY copy_sha256 HAVING count(*) > 1 ORDER BY captures DESC, copy_sha256
