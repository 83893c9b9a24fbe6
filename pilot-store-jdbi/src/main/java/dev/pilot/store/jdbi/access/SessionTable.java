package dev.pilot.store.jdbi.access;

import dev.pilot.api.id.UserId;
import dev.pilot.api.store.LiveSession;
import dev.pilot.api.store.SessionRecords;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.store.jdbi.Micros;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code session}. */
public final class SessionTable implements SessionRecords {
    private static final String SELECT =
            "select id, account_id, epoch, family_hash, current_hash, created_at, expires_at from session";
    private static final RowMapper<LiveSession> SESSION = (row, context) -> new LiveSession(
            row.getString("id"),
            new UserId(row.getString("account_id")),
            row.getLong("epoch"),
            row.getString("family_hash"),
            row.getString("current_hash"),
            Micros.instant(row.getLong("created_at")),
            Micros.instant(row.getLong("expires_at")));

    private final Handle handle;

    /**
     * Makes it.
     *
     * @param handle the connection
     */
    public SessionTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<LiveSession> find(String id) {
        return handle.createQuery(SELECT + " where id = :id")
                .bind("id", id)
                .map(SESSION)
                .findOne();
    }

    @Override
    public Optional<LiveSession> findByFamily(String familyHash) {
        return handle.createQuery(SELECT + " where family_hash = :family")
                .bind("family", familyHash)
                .map(SESSION)
                .findOne();
    }

    @Override
    public void create(LiveSession session) {
        handle.createUpdate("""
                        insert into session (id, account_id, epoch, family_hash, current_hash, created_at, expires_at)
                        values (:id, :user, :epoch, :family, :current, :createdAt, :expiresAt)
                        """)
                .bind("id", session.id())
                .bind("user", session.userId().value())
                .bind("epoch", session.epoch())
                .bind("family", session.familyHash())
                .bind("current", session.currentHash())
                .bind("createdAt", Micros.of(session.createdAt()))
                .bind("expiresAt", Micros.of(session.expiresAt()))
                .execute();
    }

    @Override
    public void rotate(LiveSession session, String expected) {
        int updated = handle.createUpdate("""
                        update session set current_hash = :current, expires_at = :expiresAt
                        where id = :id and current_hash = :expected
                        """)
                .bind("id", session.id())
                .bind("current", session.currentHash())
                .bind("expiresAt", Micros.of(session.expiresAt()))
                .bind("expected", expected)
                .execute();
        if (updated == 0) {
            throw new StaleWrite("session", session.id());
        }
    }

    @Override
    public boolean delete(String id) {
        return handle.createUpdate("delete from session where id = :id")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    @Override
    public int deleteOf(UserId userId) {
        return handle.createUpdate("delete from session where account_id = :user")
                .bind("user", userId.value())
                .execute();
    }

    @Override
    public void prune(UserId userId, Instant now, int most) {
        handle.createUpdate("""
                        delete from session where account_id = :user and id not in (
                          select id from session where account_id = :user and expires_at > :now
                          order by created_at desc, id desc limit :most)
                        """)
                .bind("user", userId.value())
                .bind("now", Micros.of(now))
                .bind("most", most)
                .execute();
    }
}
