package dev.pilot.store.postgres;

import dev.pilot.api.store.StoreState;
import dev.pilot.store.jdbi.store.SchemaHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.JdbiException;

/** Brings the database to this program's schema. A schema of a newer program is left alone. */
final class PostgresSchema {
    private PostgresSchema() {}

    static void migrate(PostgresUrl url) {
        try {
            Flyway flyway = configured(url).load();
            MigrationInfoService info = flyway.info();
            SchemaHistory.requireOurs(info, url.location());
            // Else it would only take a second look, on connections of its own.
            if (info.pending().length > 0) {
                flyway.migrate();
            }
        } catch (FlywayException e) {
            throw PostgresErrors.unavailable(PostgresErrors.sql(e), e);
        }
    }

    /** Changes nothing. */
    static StoreState inspect(PostgresUrl url, Clock clock) {
        try (Connection connection = url.connect()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            return SchemaHistory.inspect(configured(url), clock, "postgres", version, url.location());
        } catch (SQLException e) {
            throw PostgresErrors.unavailable(e, e);
        } catch (FlywayException e) {
            throw PostgresErrors.unavailable(PostgresErrors.sql(e), e);
        } catch (JdbiException e) {
            throw PostgresErrors.translate(e);
        }
    }

    private static FluentConfiguration configured(PostgresUrl url) {
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
        return configuration;
    }

    private static Map<String, String> properties(PostgresUrl url) {
        Properties defaults = url.defaults();
        Map<String, String> properties = new HashMap<>();
        defaults.stringPropertyNames().forEach(name -> properties.put(name, defaults.getProperty(name)));
        return properties;
    }
}
