package dev.pilot.store.postgres;

import dev.pilot.api.error.Unavailable;
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
            Flyway flyway = configuration.load();
            MigrationInfoService info = flyway.info();
            boolean newer = Arrays.stream(info.all())
                    .map(MigrationInfo::getState)
                    .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
            if (newer) {
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

    private static Map<String, String> properties(PostgresUrl url) {
        Properties defaults = url.defaults();
        Map<String, String> properties = new HashMap<>();
        defaults.stringPropertyNames().forEach(name -> properties.put(name, defaults.getProperty(name)));
        return properties;
    }
}
