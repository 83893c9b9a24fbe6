package dev.pilot.store.postgres;

import dev.pilot.api.error.InvalidInput;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where the database is, and how connections to it are set up. What the URL says counts; the rest are defaults under which nothing waits
 * for ever.
 */
final class PostgresUrl {
    static final String PREFIX = "jdbc:postgresql:";

    private final String url;
    private final Properties parsed;

    private PostgresUrl(String url, Properties parsed) {
        this.url = url;
        this.parsed = parsed;
    }

    static PostgresUrl of(String url) {
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            throw InvalidInput.of(
                    "storeUrl", "must be like jdbc:postgresql://host:5432/database?user=pilot&password=...");
        }
        return new PostgresUrl(url, parsed);
    }

    String url() {
        return url;
    }

    /** Without credentials. */
    String location() {
        return PGProperty.PG_HOST.getOrDefault(parsed) + ":" + PGProperty.PG_PORT.getOrDefault(parsed) + "/"
                + PGProperty.PG_DBNAME.getOrDefault(parsed)
                + (schema() == null ? "" : " schema " + schema());
    }

    /** The schema that the URL names; null for the database's default. */
    @org.jspecify.annotations.Nullable
    String schema() {
        return PGProperty.CURRENT_SCHEMA.getOrDefault(parsed);
    }

    /** What holds for each connection, unless the URL says otherwise. */
    Properties defaults() {
        Properties defaults = new Properties();
        PGProperty.APPLICATION_NAME.set(defaults, "pilot");
        PGProperty.CONNECT_TIMEOUT.set(defaults, 5);
        PGProperty.SOCKET_TIMEOUT.set(defaults, 90);
        PGProperty.TCP_KEEP_ALIVE.set(defaults, true);
        // A hub that stands still in a transaction must not hold up the others for long; what is acknowledged is
        // durable.
        PGProperty.OPTIONS.set(
                defaults,
                "-c idle_in_transaction_session_timeout=15000 -c lock_timeout=30000 -c statement_timeout=60000"
                        + " -c synchronous_commit=on -c timezone=UTC");
        return defaults;
    }

    Connection connect() throws SQLException {
        Connection connection = new Driver().connect(url, defaults());
        if (connection == null) {
            throw new SQLException("the driver does not take " + PREFIX);
        }
        return connection;
    }
}
