-- I19 guards: Every command has its answer, and only a closed one has that of a closed one
SELECT c.id
FROM app.commands AS c
WHERE c.answer IS NULL OR c.answer = 'null' OR (c.verb = 'settled') <> (c.answer = '"settled"')
