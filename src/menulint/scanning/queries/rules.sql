-- Rules by how many sites break them. `wordings` are different sentences, `findings` are all places of all captures.
SELECT rule, any_value(name) AS name, any_value(category) AS category, count(DISTINCT site) AS sites,
    count(DISTINCT url) AS urls, count(DISTINCT fingerprint) AS wordings, count(*) AS findings,
    count(*) FILTER (severity = 'error') AS error, count(*) FILTER (severity = 'warning') AS warning,
    count(*) FILTER (severity = 'info') AS info
FROM findings JOIN sites USING (host) WHERE suppressed IS NULL
GROUP BY rule ORDER BY sites DESC, urls DESC, rule
