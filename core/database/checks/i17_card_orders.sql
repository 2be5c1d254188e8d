-- I17b money: Each card order, and no other, has its payment: of its total, by its customer, and a success when the order is paid
SELECT o.id
FROM app.orders AS o LEFT JOIN app.payments AS p ON p.order_id = o.id
WHERE (o.pay_with = 'card') <> (p.id IS NOT NULL)
    OR (p.amount, p.customer_id) <> (o.total, o.customer_id)
    OR o.paid > 0 AND p.state <> 'success'
