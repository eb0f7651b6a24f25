-- Whose law a host is under, by what its pages point to themselves: `voted`, and `ruled` with the places that count, those with
-- at least half the votes of the first. From the view pages.

CREATE TEMP TABLE voted AS
SELECT host, list({'code': code, 'pages': pages} ORDER BY pages DESC, code) AS votes FROM (
    SELECT host, code, count(DISTINCT payload_sha256) AS pages
    FROM (SELECT host, payload_sha256, unnest(jurisdictions) AS code FROM pages) WHERE code <> 'all' GROUP BY host, code
) GROUP BY host;

CREATE TEMP TABLE ruled AS
SELECT host, list_transform(list_filter(votes, lambda vote: vote.pages * 2 >= votes[1].pages), lambda vote: vote.code) AS jurisdictions
FROM voted;
