-- Whose law a host is under, by what its pages point to themselves: `voted`, and `ruled` with the places that count, those with
-- at least half the votes of the first. Where a host says nothing, all hosts of its site (its registrable domain) vote, if the
-- site itself or its `www.` says something: strangers share the domains of platforms that the list does not know. Then
-- `ruled_by` is 'site'. From the view pages.

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

CREATE TEMP TABLE voted_by_site AS
SELECT site, list({'code': code, 'pages': pages} ORDER BY pages DESC, code) AS votes FROM (
    SELECT site, code, count(DISTINCT payload_sha256) AS pages FROM pointed JOIN site_of_host USING (host)
    WHERE site IN (SELECT regexp_replace(host, '^www\.', '') FROM pointed) GROUP BY site, code
) GROUP BY site;

CREATE TEMP TABLE ruled AS
SELECT host, 'host' AS ruled_by, chief_places(votes) AS jurisdictions FROM voted
UNION ALL
SELECT host, 'site', chief_places(votes) FROM site_of_host JOIN voted_by_site USING (site) ANTI JOIN voted USING (host);
