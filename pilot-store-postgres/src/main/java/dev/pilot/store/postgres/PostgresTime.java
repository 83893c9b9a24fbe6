package dev.pilot.store.postgres;

import dev.pilot.store.jdbi.store.StoreTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time of a store on Postgres is the database's: hubs on several machines share it. */
final class PostgresTime {
    private static final String NOW = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";

    private final StoreTime time;
    /** Whether a test has given a clock, which it moves. */
    private final boolean given;

    PostgresTime(Clock clock) {
        this.time = new StoreTime(clock);
        this.given = !clock.equals(Clock.system(clock.getZone()));
    }

    /** As the database has told it. */
    static Instant of(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** By what the database has told, or by the test's clock. */
    Instant at(Instant told) {
        return given ? time.now() : time.noEarlier(told);
    }

    Instant now(Connection connection) {
        if (given) {
            return time.now();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NOW)) {
            row.next();
            return time.noEarlier(of(row.getLong(1)));
        } catch (SQLException e) {
            throw PostgresErrors.unavailable(e, e);
        }
    }
}
