-- What could not be read, by kind; `whole` ones ended the reading of their input.
SELECT code, whole, count(*) AS records, count(DISTINCT input) AS inputs, count(DISTINCT host) AS hosts,
    min(input) AS example_input, arg_min("offset", input) AS example_offset, arg_min(message, input) AS example
FROM errors GROUP BY code, whole ORDER BY whole DESC, records DESC, code
