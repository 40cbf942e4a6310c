import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { aProduct, aRetailer } from '../../../testing/fixtures.ts'
import { changesOf } from '../../../testing/record-changes.ts'
import { productWords } from '../products/product-words.ts'
import { retailerWords } from '../retailers/retailer-words.ts'
import { settingsWords } from '../settings/settings-words.ts'

it('has words for each field that the record keeps, and for no other', async () => {
  await env.DB.prepare(
    `UPDATE settings SET business_name = 'a', currency = 'EUR', time_zone = 'a', accent_color = 'a', logo = 'a',
       reply_to = 'a', notification_emails = '["a"]', welcome_text = 'a', minimum_order = 1, new_shops_open = 1,
       new_shops_rate = 1, new_shops_link_version = 2, revision = 2, updated_at = 1`,
  ).run()
  for (const [{ labels, sides }, [change]] of [
    [productWords('USD'), await changesOf('product', await aProduct())],
    [retailerWords('USD'), await changesOf('retailer', await aRetailer())],
    [settingsWords('USD'), await changesOf('settings', '1')],
  ] as const) {
    expect(Object.keys(labels).sort()).toEqual(Object.keys(change!.after).sort())
    expect(Object.keys(labels)).toEqual(expect.arrayContaining(Object.keys(sides)))
  }
})
