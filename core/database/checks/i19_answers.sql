-- I19: Every command has its answer
SELECT c.id
FROM app.commands AS c
WHERE c.answer IS NULL
