import { Hono } from 'hono'
import { routes } from '../../routes.ts'
import { readWithFrame } from '../../settings/frame.ts'
import type { WebEnv } from '../session.ts'
import { Card } from '../ui/card.tsx'
import { Checkbox } from '../ui/field.tsx'
import { staffPage } from './page.tsx'

/** What each key does. */
export const keys = new Hono<WebEnv>()

const KEYS: [keys: string[], does: string][] = [
  [['Ctrl', 'K'], 'Jump to an order, a retailer, a product or an action'],
  [['/'], 'Search this page'],
  [['c'], 'Create an order'],
  [['g', 'o'], 'Go to the orders'],
  [['g', 'r'], 'Go to the retailers'],
  [['g', 'p'], 'Go to the products'],
  [['j'], 'Next row of a list'],
  [['k'], 'Previous row of a list'],
  [['Enter'], 'Open the row'],
  [['Ctrl', 'Enter'], 'Press the main button of a form'],
  [['Esc'], 'Leave what is edited in place'],
  [['?'], 'Show these keys'],
]

keys.get(routes.keys(), async (c) => {
  const { frame } = await readWithFrame(c.var.ctx, [])
  return staffPage(
    c,
    frame,
    { title: 'Keys', section: 'keys' },
    <div class="prose" data-over>
      <Card title="Keys" flush>
        <table>
          <tbody>
            {KEYS.map(([names, does]) => (
              <tr>
                <th scope="row">
                  {names.map((name) => (
                    <>
                      <kbd>{name}</kbd>{' '}
                    </>
                  ))}
                </th>
                <td>{does}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div class="card-body" data-keys-switch hidden>
          <Checkbox label="Single keys do something" name="keys" hint="Kept in this browser" />
        </div>
      </Card>
    </div>,
  )
})
