-- Whose law a host is under, by what its pages point to themselves: `voted`, and `ruled` with the places that count, those with
-- at least half the votes of the first. Where a host says nothing, all hosts of its site (its registrable domain) vote, if the
-- site itself or its `www.` says something. Then `ruled_by` is 'site'. On a site of strangers (a platform that the list does not
-- know: many hosts with names of their own, or one that points elsewhere than the site) only hosts that are parts of it by their
-- names vote, and only those are ruled so. From the view pages; what begins with a dollar sign is a number set in summary.py.

CREATE TEMP MACRO chief_places(votes) AS
    list_transform(list_filter(votes, lambda vote: vote.pages * 2 >= votes[1].pages), lambda vote: vote.code);

CREATE TEMP TABLE site_of_host AS
SELECT host, site_of(host) AS site FROM (SELECT DISTINCT host FROM pages) WHERE host <> '';

CREATE TEMP VIEW pointed AS
SELECT host, payload_sha256, code FROM (SELECT host, payload_sha256, unnest(jurisdictions) AS code FROM pages) WHERE code <> 'all';

CREATE TEMP TABLE voted AS
SELECT host, list({'code': code, 'pages': pages} ORDER BY pages DESC, code) AS votes FROM (
    SELECT host, code, count(DISTINCT payload_sha256) AS pages FROM pointed GROUP BY host, code
) GROUP BY host;

CREATE TEMP TABLE own_places AS
SELECT site, list_distinct(flatten(list(chief_places(votes)))) AS places
FROM voted JOIN site_of_host USING (host) WHERE regexp_replace(host, '^www\.', '') = site GROUP BY site;

CREATE TEMP TABLE of_strangers AS
SELECT site FROM site_of_host JOIN own_places USING (site) LEFT JOIN voted USING (host) WHERE NOT is_part(host) GROUP BY site
HAVING count(*) > $branches OR NOT bool_and(votes IS NULL OR list_has_any(chief_places(votes), places));

CREATE TEMP TABLE lending AS
SELECT host, site FROM site_of_host SEMI JOIN own_places USING (site)
WHERE is_part(host) OR site NOT IN (SELECT site FROM of_strangers);

CREATE TEMP TABLE voted_by_site AS
SELECT site, list({'code': code, 'pages': pages} ORDER BY pages DESC, code) AS votes FROM (
    SELECT site, code, count(DISTINCT payload_sha256) AS pages FROM pointed JOIN lending USING (host) GROUP BY site, code
) GROUP BY site;

CREATE TEMP TABLE ruled AS
SELECT host, 'host' AS ruled_by, chief_places(votes) AS jurisdictions FROM voted
UNION ALL
SELECT host, 'site', chief_places(votes) FROM lending JOIN voted_by_site USING (site) ANTI JOIN voted USING (host);
