package dev.pilot.store.jdbi.access;

import dev.pilot.api.store.UserAccount;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Micros;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Whether somebody is let in by what the database keeps. */
public final class WaysIn {
    private static final int MOST = 10_000;

    private WaysIn() {}

    /**
     * Whether there is a user who is enabled, or a token that holds.
     *
     * @param handle the connection
     * @param now the time
     * @return true if one is found; of users the first 10,000 are looked at
     */
    public static boolean any(Handle handle, Instant now) {
        return token(handle, now) || user(handle);
    }

    private static boolean token(Handle handle, Instant now) {
        return handle.createQuery("""
                        select count(*) from token
                        where revoked_at is null and (expires_at is null or expires_at > :now)
                        """)
                        .bind("now", Micros.of(now))
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static boolean user(Handle handle) {
        return handle
                .createQuery("select body from account order by created_at, id limit :most")
                .bind("most", MOST)
                .map(Body.mapper(UserAccount.class))
                .list()
                .stream()
                .anyMatch(account -> account.user().enabled());
    }
}
