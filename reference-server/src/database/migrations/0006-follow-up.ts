import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/**
 * When a conversation is due for its follow-up (N2). The timer is set and cancelled by a trigger, within the transaction
 * that makes it so, and so that no writer of conversations can forget it: a message of the team sets it, once in each
 * silence of the visitor (`followed_up`), and what the visitor does ends both silence and timer. A visitor's message is
 * seen by `unread_count`, since it may have been written in one batch with an answer behind it. Where no widget asks for
 * follow-ups, the trigger's condition lets only the team's messages through, and no index is touched.
 */
const STATEMENTS = [
  'alter table widgets add column follow_up jsonb',
  'alter table conversations add column follow_up_at timestamptz(3), add column followed_up boolean not null default false',
  'create index on conversations (follow_up_at) where follow_up_at is not null',
  `create function set_follow_up() returns trigger language plpgsql as $$
  begin
    if new.unread_count > old.unread_count then
      new.follow_up_at := null;
      new.followed_up := false;
    end if;
    if new.status = 'resolved' then
      new.follow_up_at := null;
    elsif new.last_message_at is distinct from old.last_message_at and not new.followed_up
        and new.last_message_author ->> 'kind' in ('agent', 'assistant') then
      new.follow_up_at := (
        select new.last_message_at + (w.follow_up ->> 'afterMinutes')::int * interval '1 minute' from widgets w
        where w.organization_id = new.organization_id and w.id = new.widget_id);
    end if;
    return new;
  end $$`,
  `create trigger set_follow_up before update on conversations for each row
    when (old.follow_up_at is not null or old.followed_up
      or new.last_message_at is distinct from old.last_message_at and new.last_message_author ->> 'kind' <> 'visitor')
    execute function set_follow_up()`,
]

/** Durable timers of follow-ups. */
export const followUp: Migration = { up: (query) => runStatements(query, STATEMENTS) }
