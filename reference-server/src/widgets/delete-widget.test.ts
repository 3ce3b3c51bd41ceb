import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { createTenant } from '../testing/create-tenant.js'
import { createTestDatabase } from '../testing/test-database.js'
import { deleteWidget } from './widgets.js'

it('a widget can be deleted, however long that takes', async () => {
  const { database, drop } = await createTestDatabase('Postgres')
  const tenant = await createTenant(database)
  const { organizationId, widgetId } = await tenant.addVisitor()
  await sql`create function slowly() returns trigger language plpgsql as $$
    begin perform pg_sleep(0.3); return old; end $$`.execute(database.system)
  await sql`create trigger slowly before delete on widgets for each row execute function slowly()`.execute(
    database.system,
  )
  await database.transaction(organizationId, async (transaction) => {
    await sql`set local statement_timeout = 100`.execute(transaction)
    await deleteWidget(transaction, { organizationId, widgetId })
  })
  expect(await database.system.selectFrom('widgets').select('id').execute()).toEqual([])
  await drop()
})
