package dev.pilot.store.postgres;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.store.StoreState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the database to this program's schema. A schema of a newer program is left alone. */
final class PostgresSchema {
    private PostgresSchema() {}

    static void migrate(PostgresUrl url) {
        try {
            Flyway flyway = flyway(url);
            MigrationInfoService info = flyway.info();
            if (isNewer(info)) {
                throw new Unavailable(
                        "store-too-new",
                        "The database " + url.location() + " was written by a newer version of Pilot: use that one.",
                        null);
            }
            if (info.pending().length > 0) { // else it would only take a second look, on connections of its own
                flyway.migrate();
            }
        } catch (FlywayException e) {
            throw PostgresErrors.unavailable(PostgresErrors.sql(e), e);
        }
    }

    /** Changes nothing. */
    static StoreState inspect(PostgresUrl url) {
        try (Connection connection = url.connect()) {
            MigrationInfoService info = flyway(url).info();
            MigrationInfo current = info.current();
            return new StoreState(
                    "postgres",
                    connection.getMetaData().getDatabaseProductVersion(),
                    url.location(),
                    current == null ? null : String.valueOf(current.getVersion()),
                    info.pending().length,
                    isNewer(info));
        } catch (SQLException e) {
            throw PostgresErrors.unavailable(e, e);
        } catch (FlywayException e) {
            throw PostgresErrors.unavailable(PostgresErrors.sql(e), e);
        }
    }

    private static Flyway flyway(PostgresUrl url) {
        FluentConfiguration configuration = Flyway.configure(PostgresSchema.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(url.url(), null, null)
                .jdbcProperties(properties(url))
                .locations("classpath:dev/pilot/store/postgres/migration")
                .table("schema_history")
                .ignoreMigrationPatterns("*:future");
        if (url.schema() != null) {
            configuration.defaultSchema(url.schema());
        }
        return configuration.load();
    }

    private static boolean isNewer(MigrationInfoService info) {
        return Arrays.stream(info.all())
                .map(MigrationInfo::getState)
                .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
    }

    private static Map<String, String> properties(PostgresUrl url) {
        Properties defaults = url.defaults();
        Map<String, String> properties = new HashMap<>();
        defaults.stringPropertyNames().forEach(name -> properties.put(name, defaults.getProperty(name)));
        return properties;
    }
}
