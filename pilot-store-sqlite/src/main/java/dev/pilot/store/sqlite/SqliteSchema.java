package dev.pilot.store.sqlite;

import dev.pilot.api.store.StoreState;
import dev.pilot.store.jdbi.store.SchemaHistory;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.JdbiException;

/** Brings the database to this program's schema. A schema of a newer program is left alone. */
final class SqliteSchema {
    private SqliteSchema() {}

    static void migrate(SqliteFile file) {
        try {
            Flyway flyway = configured(file).load();
            SchemaHistory.requireOurs(flyway.info(), file.path().toString());
            flyway.migrate();
        } catch (FlywayException e) {
            throw SqliteErrors.unavailable(SqliteErrors.code(e), e);
        }
    }

    /** Changes nothing. */
    static StoreState inspect(SqliteFile file, String version, Clock clock) {
        try {
            return SchemaHistory.inspect(
                    configured(file), clock, "sqlite", version, file.path().toString());
        } catch (FlywayException e) {
            throw SqliteErrors.unavailable(SqliteErrors.code(e), e);
        } catch (JdbiException e) {
            throw SqliteErrors.translate(e);
        }
    }

    private static FluentConfiguration configured(SqliteFile file) {
        return Flyway.configure(SqliteSchema.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(file.source())
                .locations("classpath:dev/pilot/store/sqlite/migration")
                .table("schema_history")
                .ignoreMigrationPatterns("*:future");
    }
}
