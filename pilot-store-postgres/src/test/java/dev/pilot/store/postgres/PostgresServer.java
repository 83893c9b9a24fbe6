package dev.pilot.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real Postgres that tests share: the one that {@code PILOT_TEST_POSTGRES_URL} names, whose user may make databases, else one that is
 * started once for this JVM. Each data directory has a database of its own in it, copied from one that has the schema.
 */
public final class PostgresServer {
    private static final Map<Path, String> DATABASES = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String RUN = "pilot_test_" + Long.toString(System.nanoTime(), 36);
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/]+/)([^?]*)(.*)");

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
    public static String url(Path dataDirectory) {
        return to(Started.URL, DATABASES.computeIfAbsent(dataDirectory, same -> make()));
    }

    private static synchronized String make() {
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
