package dev.pilot.store.postgres;

import dev.pilot.api.error.OutcomeUnknown;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * What Postgres' conditions mean to callers, by their code and never by their message. See
 * https://www.postgresql.org/docs/current/errcodes-appendix.html.
 */
final class PostgresErrors {
    private PostgresErrors() {}

    static RuntimeException translate(RuntimeException failure) {
        SQLException sql = sql(failure);
        if (failure instanceof PilotException || sql == null && !(failure instanceof JdbiException)) {
            return failure;
        }
        return unavailable(sql, failure);
    }

    static Unavailable unavailable(@Nullable SQLException sql, Throwable failure) {
        String state = sql == null ? "" : String.valueOf(sql.getSQLState());
        if (sql == null || isConnection(sql)) {
            return new Unavailable(
                    "store-away", "The database can't be reached: see whether it runs and the URL is right.", failure);
        }
        return switch (state) {
            case "53100" -> new Unavailable("disk-full", "The database's disk is full: make room there.", failure);
            case "55P03" ->
                new Unavailable("store-busy", "Another hub has been writing for too long: try again.", failure);
            case "57014" -> new Unavailable("store-slow", "The database took too long: try again.", failure);
            case "28000", "28P01", "3D000", "42501" ->
                new Unavailable(
                        "store-access",
                        "The database refuses: check user, password, name and rights (" + state + ").",
                        failure);
            default -> new Unavailable("store-io", "The database failed with condition " + state + ".", failure);
        };
    }

    /** Whether the connection is gone, or was never there. */
    static boolean isConnection(@Nullable Throwable failure) {
        SQLException sql = sql(failure);
        if (sql == null) {
            return false;
        }
        String state = sql.getSQLState();
        // 08: connection; 57P01 to 57P03: the server is shut down, crashes or starts; 25P03: this hub stood still for
        // too long.
        return sql instanceof SQLTransientConnectionException
                || state != null
                        && (state.startsWith("08")
                                || state.equals("57P01")
                                || state.equals("57P02")
                                || state.equals("57P03")
                                || state.equals("57P05")
                                || state.equals("25P03"));
    }

    /**
     * Whether nothing has happened and the same may well go better at once: a serialization failure, a deadlock, a connection
     * that broke. That none could be made, or that the server starts, lasts longer than that.
     */
    static boolean isPassing(Throwable failure) {
        SQLException sql = sql(failure);
        if (sql == null || failure instanceof OutcomeUnknown) {
            return false;
        }
        String state = String.valueOf(sql.getSQLState());
        return switch (state) {
            case "40001", "40P01" -> true;
            case "08001", "08004", "57P03" -> false;
            default -> isConnection(sql) && !(sql instanceof SQLTransientConnectionException);
        };
    }

    static @Nullable SQLException sql(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
