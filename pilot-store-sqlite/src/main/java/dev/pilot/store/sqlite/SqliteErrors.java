package dev.pilot.store.sqlite;

import dev.pilot.api.error.OutcomeUnknown;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean to callers; its messages are never looked at. See https://www.sqlite.org/rescode.html. */
final class SqliteErrors {
    private SqliteErrors() {}

    static RuntimeException translate(RuntimeException failure) {
        SQLiteErrorCode code = code(failure);
        if (failure instanceof PilotException || code == null && !(failure instanceof JdbiException)) {
            return failure;
        }
        return unavailable(code, failure);
    }

    static Unavailable unavailable(@Nullable SQLiteErrorCode code, Throwable failure) {
        if (code == null) {
            return new Unavailable("store-io", "The store failed: " + failure.getMessage(), failure);
        }
        return switch (primary(code)) {
            case SQLITE_FULL ->
                new Unavailable(
                        "disk-full", "The disk is full: make room in the data directory and try again.", failure);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new Unavailable("store-busy", "Another program holds the database: end it and try again.", failure);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new Unavailable("store-corrupt", "The database is damaged: restore a backup.", failure);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
                new Unavailable(
                        "store-access",
                        "The database can't be opened for writing: check the owner and mode of its files.",
                        failure);
            default -> new Unavailable("store-io", "The store failed with " + code.name() + ".", failure);
        };
    }

    /**
     * A commit that failed. Where the disk did, what was written may come back when the log is read after a crash; else it
     * has not happened.
     */
    static PilotException commitFailed(@Nullable SQLiteErrorCode code, Throwable failure) {
        return code != null && primary(code) == SQLiteErrorCode.SQLITE_IOERR
                ? new OutcomeUnknown("The disk failed during the commit: look whether it happened.", failure)
                : unavailable(code, failure);
    }

    /** Whether everybody would fail alike, so that it is no use to try each piece of work by itself. */
    static boolean isEverybodys(Throwable failure) {
        SQLiteErrorCode code = code(failure);
        if (code == null) {
            return false;
        }
        return switch (primary(code)) {
            case SQLITE_IOERR,
                    SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_CORRUPT,
                    SQLITE_NOTADB,
                    SQLITE_READONLY,
                    SQLITE_PERM,
                    SQLITE_CANTOPEN -> true;
            default -> false;
        };
    }

    static @Nullable SQLiteErrorCode code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return sqlite.getResultCode();
            }
        }
        return null;
    }

    /** Extended codes carry their primary code in the low byte. */
    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & 0xff);
    }
}
