package dev.pilot.store.jdbi.store;

import dev.pilot.api.store.StoreState;
import dev.pilot.store.jdbi.access.WaysIn;
import java.time.Clock;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateResult;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What a database says of how it was made. */
public final class SchemaHistory {
    private SchemaHistory() {}

    /**
     * Whether a newer program wrote it.
     *
     * @param info its migrations
     * @return true if there are some that this program doesn't know
     */
    public static boolean isNewer(MigrationInfoService info) {
        return Arrays.stream(info.all())
                .map(MigrationInfo::getState)
                .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
    }

    /**
     * Whether it was made with other migrations than this program's of the same versions.
     *
     * @param info its migrations
     * @return true if Flyway would refuse to migrate it
     */
    public static boolean isAltered(MigrationInfoService info) {
        return Arrays.stream(info.applied()).anyMatch(migration -> !migration.isChecksumMatching());
    }

    /**
     * Looks at a database and changes nothing.
     *
     * @param configuration as it is migrated with
     * @param clock tells which tokens hold
     * @param engine its engine
     * @param version the engine's version
     * @param location where it is, without credentials
     * @return how it is found
     */
    public static StoreState inspect(
            FluentConfiguration configuration, Clock clock, String engine, String version, String location) {
        Flyway flyway =
                configuration.ignoreMigrationPatterns("*:future", "*:pending").load();
        MigrationInfoService info = flyway.info();
        MigrationInfo current = info.current();
        String fault = fault(flyway.validateWithResult());
        boolean letsIn = current != null
                && fault == null
                && Jdbi.create(flyway.getConfiguration().getDataSource())
                        .withHandle(handle -> WaysIn.any(handle, clock.instant()));
        return new StoreState(
                engine,
                version,
                location,
                current == null ? null : String.valueOf(current.getVersion()),
                info.pending().length,
                isNewer(info),
                fault,
                letsIn);
    }

    private static @Nullable String fault(ValidateResult result) {
        if (result.validationSuccessful) {
            return null;
        }
        String all = result.invalidMigrations.isEmpty()
                ? result.errorDetails.errorMessage
                : result.invalidMigrations.get(0).errorDetails.errorMessage;
        return all.lines().findFirst().orElse("").strip();
    }
}
