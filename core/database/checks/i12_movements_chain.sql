-- I12 orders: The movements of an item follow each other without a gap, each figure is the one before plus the change of its kind
SELECT chain.item_id, chain.number
FROM (
    SELECT m.item_id, m.number, m.kind, m.change, m.change_held, m.on_hand, m.held, m.version,
        lag(m.number, 1, 0) OVER steps AS number_before,
        lag(m.on_hand::bigint, 1, 0::bigint) OVER steps AS on_hand_before,
        lag(m.held::bigint, 1, 0::bigint) OVER steps AS held_before,
        lag(m.version, 1, 0) OVER steps AS version_before
    FROM app.stock_movements AS m
    WINDOW steps AS (PARTITION BY m.item_id ORDER BY m.number)
) AS chain
WHERE chain.number <> chain.number_before + 1
    OR chain.on_hand <> chain.on_hand_before + chain.change
    OR chain.held <> chain.held_before + chain.change_held
    OR chain.version <> chain.version_before + (chain.kind NOT IN ('hold', 'release'))::integer
    OR chain.kind IN ('hold', 'release') AND chain.change <> 0
    OR chain.kind NOT IN ('hold', 'release', 'use') AND chain.change_held <> 0
