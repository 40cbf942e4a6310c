-- What a message tells of (mailEventOf in src/mail/mail-event.ts), so that a list of them can say it; NULL where it is
-- about no order.
ALTER TABLE mails ADD COLUMN event TEXT;

UPDATE mails SET event = (
  SELECT CASE
    WHEN kind IN ('placed', 'requested') THEN kind
    WHEN kind = 'answered' THEN 'requested'
    ELSE COALESCE((
      SELECT value ->> 'to' FROM json_each(changes, '$.fields')
      WHERE value ->> 'field' = 'status' AND value ->> 'to' IN ('shipped', 'delivered', 'canceled')
    ), 'updated')
  END
  FROM order_events WHERE order_events.order_id = mails.order_id AND order_events.revision = mails.revision
);
