package dev.pilot.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real Postgres that tests share: the one that {@code PILOT_TEST_POSTGRES_URL} names, whose user may make databases, else one that is
 * started once for this JVM. Each data directory has a database of its own in it, as a copy of one that has the schema.
 */
public final class PostgresServer {
    private static final Map<Path, String> DATABASES = new HashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String RUN = "pilot_test_" + Long.toString(System.nanoTime(), 36);
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/]+/)([^?]*)(.*)");

    /** Deletes all rows but those of the schema itself; without triggers, so that no order matters. */
    private static final String EMPTY = """
            do $$
            declare emptied text;
            begin
              set local lock_timeout = '10s';
              set local session_replication_role = replica;
              for emptied in select tablename from pg_tables
                  where schemaname = current_schema() and tablename not in ('schema_history', 'meta', 'turn') loop
                execute 'delete from ' || quote_ident(emptied);
              end loop;
              update turn set last_position = 0;
              update meta set value = gen_random_uuid()::text where name in ('hub.id', 'epoch');
            end $$
            """;

    private PostgresServer() {}

    private static final class Started {
        private static final String URL = start();
        private static final String TEMPLATE = makeTemplate();

        private static String start() {
            Runtime.getRuntime().addShutdownHook(new Thread(PostgresServer::drop));
            String given = System.getenv("PILOT_TEST_POSTGRES_URL");
            if (given != null && !given.isBlank()) {
                return given;
            }
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "300")
                        .start();
                return server.getJdbcUrl("postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException("no Postgres could be started", e);
            }
        }

        private static String makeTemplate() {
            String name = RUN + "_template";
            sql(URL, "create database " + name);
            PostgresSchema.migrate(PostgresUrl.of(to(URL, name)));
            return name;
        }
    }

    /**
     * Where a store lies that belongs to a data directory.
     *
     * @param dataDirectory the directory; the same again is the same store
     * @return a JDBC URL
     */
    public static synchronized String url(Path dataDirectory) {
        String database = DATABASES.get(dataDirectory);
        if (database == null) {
            database = recycled().orElseGet(PostgresServer::make);
            DATABASES.put(dataDirectory, database);
        }
        return to(Started.URL, database);
    }

    /** To empty a database is much quicker than to make one, so that of a directory that is gone is used again. */
    private static Optional<String> recycled() {
        Optional<Path> gone =
                DATABASES.keySet().stream().filter(Files::notExists).findFirst();
        Optional<String> database = gone.map(DATABASES::remove);
        database.ifPresent(name -> sql(to(Started.URL, name), EMPTY));
        return database;
    }

    private static String make() {
        String name = RUN + "_" + COUNT.incrementAndGet();
        sql(Started.URL, "create database " + name + " template " + Started.TEMPLATE);
        return name;
    }

    private static String to(String url, String database) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalStateException(
                    "PILOT_TEST_POSTGRES_URL must be like jdbc:postgresql://host:5432/postgres");
        }
        return parts.group(1) + database + parts.group(3);
    }

    /** The server that was started ends with this JVM; a given one is left as it was. */
    private static void drop() {
        if (System.getenv("PILOT_TEST_POSTGRES_URL") != null) {
            DATABASES.values().forEach(name -> sql(Started.URL, "drop database " + name + " with (force)"));
            sql(Started.URL, "drop database " + Started.TEMPLATE + " with (force)");
        }
    }

    static void sql(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
