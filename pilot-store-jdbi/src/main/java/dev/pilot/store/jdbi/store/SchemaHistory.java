package dev.pilot.store.jdbi.store;

import dev.pilot.api.error.Unavailable;
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
     * Refuses what another program made.
     *
     * @param info the database's migrations
     * @param location where it is, without credentials
     * @throws Unavailable with code {@code store-too-new} if a newer program wrote it, or {@code store-altered} if it was made with other
     *     migrations than this program's of the same versions
     */
    public static void requireOurs(MigrationInfoService info, String location) {
        if (isNewer(info)) {
            throw new Unavailable(
                    "store-too-new",
                    "The database " + location + " was written by a newer version of Pilot: use that one.",
                    null);
        }
        if (Arrays.stream(info.applied()).anyMatch(migration -> !migration.isChecksumMatching())) {
            throw new Unavailable(
                    "store-altered",
                    "The database " + location + " was made by another Pilot, whose schema has the same version and"
                            + " is not the same: use that one, or begin with a new database.",
                    null);
        }
    }

    private static boolean isNewer(MigrationInfoService info) {
        return Arrays.stream(info.all())
                .map(MigrationInfo::getState)
                .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
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
