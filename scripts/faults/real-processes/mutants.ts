/** The database with one of its guards taken away, by statements that run before the trouble begins. */
export const MUTANTS = {
  // Q3: a message that comes again is not known any more.
  'no unique key': {
    harm: 'duplicated',
    sql: `drop index events_idempotency;
      do $$ begin
        execute replace(pg_get_functiondef('append_messages'::regproc), 'd.client_message_id = item.m', 'false');
      end $$`,
  },
  // Q2: it is acknowledged, and not there.
  'every third event is not kept': {
    harm: 'lost',
    sql: `create function forget() returns trigger language plpgsql as
        $$ begin return case when new.seq % 3 = 0 then null else new end; end $$;
      create trigger forget before insert on events for each row execute function forget()`,
  },
} as const
