package dev.pilot.store.sqlite;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.store.StoreState;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Brings the database to this program's schema. A schema of a newer program is left alone. */
final class SqliteSchema {
    private SqliteSchema() {}

    static void migrate(SqliteFile file) {
        try {
            Flyway flyway = flyway(file);
            if (isNewer(flyway.info())) {
                throw new Unavailable(
                        "store-too-new",
                        "The database " + file.path() + " was written by a newer version of Pilot: use that one.",
                        null);
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw SqliteErrors.unavailable(SqliteErrors.code(e), e);
        }
    }

    /** Changes nothing. */
    static StoreState inspect(SqliteFile file, String version) {
        try {
            MigrationInfoService info = flyway(file).info();
            MigrationInfo current = info.current();
            return new StoreState(
                    "sqlite",
                    version,
                    file.path().toString(),
                    current == null ? null : String.valueOf(current.getVersion()),
                    info.pending().length,
                    isNewer(info));
        } catch (FlywayException e) {
            throw SqliteErrors.unavailable(SqliteErrors.code(e), e);
        }
    }

    private static Flyway flyway(SqliteFile file) {
        return Flyway.configure(SqliteSchema.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(file.source())
                .locations("classpath:dev/pilot/store/sqlite/migration")
                .table("schema_history")
                .ignoreMigrationPatterns("*:future")
                .load();
    }

    private static boolean isNewer(MigrationInfoService info) {
        return Arrays.stream(info.all())
                .map(MigrationInfo::getState)
                .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
    }
}
